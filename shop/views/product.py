"""The product page. `?sku=` chooses a variant; each has an address of its own."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog import markets
from catalog.models import Product, Variant
from catalog.money import Money
from catalog.quantities import quantities_of
from catalog.queries import collections, personalisations
from catalog.queries import product as goods
from orders.models.cart import MAX_QUANTITY
from shop import recent
from shop.asking import questions, typed_in
from shop.drawing import fingerprint
from shop.feeds.columns import META
from shop.languages import absolute
from shop.promises import Promise, promise_for
from shop.quantities import sold_in
from shop.searched import note_choice
from shop.structured import crumbs_data, embedded, product_data
from shop.structured_voices import voices_data
from shop.views.moved import product_instead
from shop.views.notices import form_for
from shop.visits import count_view
from shop.voices import section

#: What product/choice.html shows, beside the name and the voices.
CHOICE = (
    "chosen", "axes", "pictures", "promise", "quantity", "quantities", "questions", "is_returnable", "parts", "places",
    "said",
)  # fmt: skip


@require_safe
def product(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole page; to a script that chose another variant, only what changes with it."""
    try:
        page = goods.read(slug, get_language())
    except Product.DoesNotExist:
        return product_instead(request, slug)
    is_part = "HX-Request" in request.headers
    response = show(request, page, is_part)
    count_view(request, response, page.product.pk)
    note_choice(request, response, page.product.pk)
    recent.remember_product(request, response, page.product.pk)
    return response


def with_faults(request: HttpRequest, variant: Variant, faults: Mapping[int, str]) -> HttpResponse:
    """The page of a variant that could not be bought as it was asked for: with all that was typed, and why not."""
    page = goods.read(variant.product.slug, get_language())
    return show(request, page, sku=variant.sku, data=request.POST, faults=faults, status=422)


def show(
    request,
    page: goods.ProductPage,
    is_part: bool = False,
    status: int = 200,
    preview_of: Product | None = None,
    address: str = "",
    **typed,
) -> HttpResponse:
    """The page, or what changes with the variant. `address` is where its variants are chosen, its own unless said."""
    request.catalogue_state = page.state
    context = _choice(request, page, **typed)
    context |= {"preview": preview_of, "address": address or page.product.get_absolute_url()}
    if not is_part:
        context |= _surroundings(request, **context)
        context["prints"] = _prints(page, context)
    response = render(request, "product/choice.html" if is_part else "product/product.html", context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _choice(
    request, page: goods.ProductPage, sku: str = "", data=None, faults: Mapping[int, str] | None = None
) -> dict:
    """What changes with the variant. `data` is what the visitor sent, `faults` what was wrong with it."""
    data = request.GET if data is None else data
    chosen = page.chosen(sku or request.GET.get("sku", ""))
    asked = personalisations.of_product(page.product.pk, page.state) if page.extras.asks else ()
    now, quantities = timezone.now(), quantities_of(page.product)
    return {
        "page": page,
        "chosen": chosen,
        "axes": page.axes(chosen) if chosen else [],
        "pictures": page.pictures_of(chosen),
        "promise": _promise(page, chosen, now),
        "quantity": _quantity(data, quantities.first),
        "quantities": quantities,
        "said_quantities": "" if quantities.is_free else sold_in(quantities),
        "questions": questions(asked, typed_in(data), faults or {}, timezone.localdate(now)) if asked else [],
        "is_returnable": not any(one.excludes_return for one in asked),
        "faults": faults,
        "parts": page.parts.get(chosen.pk, ()) if chosen else (),
        "notice_form": form_for(request, chosen, "stock") if chosen and not chosen.availability.can_be_bought else None,
        "places": page.places(chosen) if chosen else [],
        "said": _said(chosen),
    }


def _prints(page: goods.ProductPage, context: dict) -> dict:
    """What tells the two great parts of the page apart; none for a visitor whose own words stand in it."""
    product, brand = page.product, page.product.brand
    name = (product.slug, page.name, brand and (brand.slug, brand.name), context["address"])
    said = (product.voices_revision, product.rating_count, product.rating)
    own_words = context["faults"] or context["notice_form"]
    around = [page.description, page.summary, page.facts, page.extras, context["part_of"], context["similar"]]
    return {
        "choice": "" if own_words else fingerprint(name, said, page.size_guide, *(context[part] for part in CHOICE)),
        "below": fingerprint(name, said, *around),
    }


def _promise(page: goods.ProductPage, chosen: goods.VariantView | None, now) -> Promise:
    """When the chosen one is there; what is still to come arrives after that day."""
    if chosen is None:
        return promise_for(page.product, 0, now)
    ready_on = chosen.availability.comes_on if chosen.availability.waits else None
    return promise_for(page.product, chosen.price or 0, now, ready_on, chosen.weight_g)


def _quantity(data, first: int) -> int:
    """What was asked for, when the cart sent the visitor back; else the smallest number that is sold."""
    typed = data.get("quantity", "")
    is_number = typed.isascii() and typed.isdecimal() and len(typed) < 6
    return min(max(int(typed), 1), MAX_QUANTITY) if is_number else first


def _said(chosen: goods.VariantView | None) -> str:
    """The variant in words, for those who do not see the page change."""
    if not chosen or not chosen.words:
        return ""
    state = "" if chosen.availability.can_be_bought else _("sold out")
    if chosen.price is None:
        state = _("not sold in %(currency)s") % {"currency": markets.current().currency}
    return ", ".join(filter(None, [chosen.words, state]))


def _plain(chosen: goods.VariantView | None):
    """The amount as machines read it; None when nothing is sold, or not in this currency."""
    sold = chosen is not None and chosen.price is not None
    return Money(chosen.price, markets.current().currency).amount if sold else None


def _surroundings(request, page: goods.ProductPage, chosen, pictures, promise, **_others) -> dict:
    steps = [{"name": link.name, "url": reverse("category", args=[link.slug])} for link in page.breadcrumb]
    trail = [*steps, {"name": page.name, "url": ""}]
    voices = section(page.product)
    priced = chosen is not None and chosen.price is not None
    money = Money(chosen.price, chosen.quote.market.currency) if priced else None
    return {
        "trail": trail,
        "voices": voices,
        "current_root": page.breadcrumb[0].slug if page.breadcrumb else "",
        "similar": [] if page.extras.complementary or page.extras.related else goods.similar(page),
        "part_of": collections.of_product(page.product.pk, page.language, timezone.now(), page.state),
        "viewed": recent.viewed(request, page.language, but=page.product.pk),
        "structured": embedded(
            product_data(page, chosen, promise, request.path) | voices_data(voices), crumbs_data(trail)
        ),
        "plain_price": money.amount if money else None,
        "currency": markets.current().currency,
        "og_availability": META[chosen.availability.state] if money else "",
        "share_picture": absolute(pictures[0].src) if pictures else "",
    }
