"""Files that anybody may have, such as care instructions."""

from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from catalog.actions import files
from catalog.models import Fact, Product


@require_safe
def product_file(request: HttpRequest, slug: str, pk: int) -> FileResponse:
    """A file among the facts of a published product; saved by the browser, never run as a page of ours."""
    fact = (
        Fact.objects.filter(
            pk=pk,
            kind="file",
            attribute__is_public=True,
            product__slug=slug,
            product__status=Product.Status.PUBLISHED,
        )
        .select_related("attribute")
        .first()
    )
    if fact is None:
        raise Http404
    return sent(fact, f"{slug}-{fact.attribute.code}")


def sent(fact: Fact, name: str) -> FileResponse:
    try:
        file = files.read(fact.path)
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(file, as_attachment=True, filename=f"{name}{Path(fact.path).suffix}")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
