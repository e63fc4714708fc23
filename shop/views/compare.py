"""Up to four products side by side. The address says which, so that it can be shared; a cookie remembers the last."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.models import Listing
from catalog.queries import comparison
from shop.pockets import COMPARED
from shop.visits import is_ahead


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """`?p=<slug>` once for each product; `?add=<slug>` puts one beside those of the last time."""
    if "add" in request.GET:
        return _added(request, request.GET["add"])
    asked = request.GET.getlist("p")
    if not asked and "p" not in request.GET and (last := COMPARED.read(request)) and "none" not in request.GET:
        return redirect(address_of(last))
    found = comparison.compare(asked, get_language())
    slugs = [card.slug for card in found.cards]
    context = {
        "columns": [(card, address_of(slug for slug in slugs if slug != card.slug)) for card in found.cards],
        "rows": found.rows,
        "trail": [{"name": _("Compare"), "url": ""}],
    }
    response = render(request, "browse/compare.html", context)
    if not is_ahead(request) and slugs != COMPARED.read(request):
        COMPARED.write(response, slugs) if slugs else COMPARED.empty(response)
    return response


def _added(request: HttpRequest, slug: str) -> HttpResponse:
    last = COMPARED.read(request)
    if slug in last or "\x00" in slug or not Listing.objects.filter(product__slug=slug).exists():
        return redirect(address_of(last))
    if len(last) >= comparison.AT_MOST:
        messages.info(request, _("Four products fit side by side. Take one out, then add the other."))
        return redirect(address_of(last))
    return redirect(address_of([*last, slug]))


def address_of(slugs) -> str:
    """The page that compares these; an empty one stays empty."""
    slugs = list(slugs)
    return f"{reverse('compare')}?{urlencode([('p', slug) for slug in slugs] or [('none', '1')])}"
