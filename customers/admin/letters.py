"""Showing the HTML of a letter in the back office."""

from django.http import HttpResponse

# A letter may show pictures and carry its own style; it runs nothing, sends nothing, and its links open elsewhere.
LETTER_CSP = (
    "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'self'; "
    "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"
)


def letter_page(html: str) -> HttpResponse:
    """The HTML alone, for a frame of ours, locked up by a policy of its own: what is in a letter need not be ours."""
    html = html.replace("<head>", '<head><base target="_blank">', 1)
    return HttpResponse(html, headers={"Content-Security-Policy": LETTER_CSP, "X-Frame-Options": "SAMEORIGIN"})
