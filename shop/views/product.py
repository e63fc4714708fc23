"""The product page. `?sku=` chooses a variant; each has an address of its own."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.models import Product
from catalog.money import Money
from catalog.queries import product as goods
from orders.models.cart import MAX_QUANTITY
from shop.languages import absolute
from shop.promises import promise_for
from shop.structured import crumbs_data, embedded, product_data
from shop.visits import count_view


@require_safe
def product(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole page; to a script that chose another variant, only what changes with it."""
    try:
        page = goods.read(slug, get_language())
    except Product.DoesNotExist:
        raise Http404(slug) from None
    request.catalogue_state = page.state
    context = _choice(request, page)
    is_part = "HX-Request" in request.headers
    if not is_part:
        context |= _surroundings(request, **context)
    response = render(request, "product/choice.html" if is_part else "product/product.html", context)
    patch_vary_headers(response, ["HX-Request"])
    count_view(request, response, page.product.pk)
    return response


def _choice(request, page: goods.ProductPage) -> dict:
    """What changes with the variant."""
    chosen = page.chosen(request.GET.get("sku", ""))
    return {
        "page": page,
        "chosen": chosen,
        "axes": page.axes(chosen) if chosen else [],
        "pictures": page.pictures_of(chosen),
        "promise": promise_for(page.product, chosen.price if chosen else 0, timezone.now()),
        "quantity": _quantity(request),
        "said": _said(chosen),
    }


def _quantity(request) -> int:
    """What was asked for, when the cart sent the visitor back."""
    typed = request.GET.get("quantity", "")
    return min(max(int(typed), 1), MAX_QUANTITY) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else 1


def _said(chosen: goods.VariantView | None) -> str:
    """The variant in words, for those who do not see the page change."""
    if not chosen or not chosen.words:
        return ""
    state = "" if chosen.availability.can_be_bought else _("sold out")
    return ", ".join(filter(None, [chosen.words, state]))


def _surroundings(request, page: goods.ProductPage, chosen, pictures, promise, **_others) -> dict:
    steps = [{"name": link.name, "url": reverse("category", args=[link.slug])} for link in page.breadcrumb]
    trail = [*steps, {"name": page.name, "url": ""}]
    return {
        "trail": trail,
        "current_root": page.breadcrumb[0].slug if page.breadcrumb else "",
        "similar": goods.similar(page),
        "structured": embedded(product_data(page, chosen, promise, request.path), crumbs_data(trail)),
        "plain_price": Money(chosen.price, settings.SHOP_CURRENCY).amount if chosen else None,
        "currency": settings.SHOP_CURRENCY,
        "share_picture": absolute(pictures[0].src) if pictures else "",
    }
