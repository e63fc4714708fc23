"""How the back office hands out paper."""

from django.http import HttpResponse


def as_pdf(content: bytes, name: str) -> HttpResponse:
    """Shown by the browser, and saved under that name."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store, private"
    return answer


def as_xml(content: bytes, name: str) -> HttpResponse:
    """Saved under that name: nobody reads it in a browser."""
    answer = HttpResponse(content, content_type="application/xml")
    answer["Content-Disposition"] = f'attachment; filename="{name}.xml"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store, private"
    return answer
