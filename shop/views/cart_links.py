"""A cart that travels as a link, and an earlier order that is bought again: the goods go into the visitor's cart."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from catalog.models import Product, Variant
from catalog.queries.prices import quote
from orders.actions import cart_links as actions
from orders.actions import carts as cart_actions
from orders.models import CartLink, Order
from orders.queries.cart_lines import price_with, values_of
from shop import carts, limits
from shop.views.paying import order_or_404, private

LINKS, SECONDS = 20, 3600


@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """A link with what lies in the cart now."""
    cart = carts.current(request)
    if cart is None or not cart.lines.exists():
        return redirect("cart")
    if not limits.within("cart-link", get_adapter().get_client_ip(request), LINKS, SECONDS):
        messages.error(request, _("Those were many links. Please wait an hour."))
        return redirect("cart")
    link = actions.make(cart, request.user if request.user.is_authenticated else None)
    address = request.build_absolute_uri(reverse("cart-link", args=[actions.token_of(link)]))
    return private(render(request, "cart/link-made.html", {"link": link, "address": address}))


@never_cache
def opened(request: HttpRequest, token: str) -> HttpResponse:
    """What the link offers. POST takes it over: on top of one's own cart, or (`replace`) instead of it."""
    try:
        link = actions.read(token)
    except actions.LinkIsOver:
        return private(render(request, "cart/link-over.html", status=404))
    if request.method == "POST":
        cart = carts.for_adding(request)
        try:
            done = actions.take_over(link, cart, replaces=request.POST.get("how") == "replace")
        except cart_actions.CartIsClosed:
            return redirect("cart")
        return told(request, cart, done)
    own = carts.count(request)
    return private(render(request, "cart/link.html", {"link": link, "goods": seen(link), "own": own}))


def seen(link: CartLink) -> list[tuple[actions.Wanted, str, int | None]]:
    """What the link offers, each with its words and what one costs the visitor now; None: it is not sold to him."""
    goods = actions.goods_of(link)
    variants = [one.variant for one in goods]
    values, prices = values_of(variants), quote([variant.pk for variant in variants if is_sold(variant)])
    return [
        (
            one,
            ", ".join(value.value for value in values.get(one.variant.pk, ())),
            price_with(prices.get(one.variant.pk), one.quantity, 0),
        )
        for one in goods
    ]


def is_sold(variant: Variant) -> bool:
    return variant.is_active and variant.product.status == Product.Status.PUBLISHED


@require_POST
def again(request: HttpRequest, token: str) -> HttpResponse:
    """What an earlier order held, once more: what is still for sale goes into the cart, the rest is named."""
    order: Order = order_or_404(token)
    cart = carts.for_adding(request)
    try:
        done = actions.put(cart, actions.goods_of_order(order))
    except cart_actions.CartIsClosed:
        return redirect("cart")
    return told(request, cart, done)


def told(request: HttpRequest, cart, done: actions.Put) -> HttpResponse:
    """On to the cart, with what came of it."""
    if done.added:
        messages.success(request, _("In your cart: %(names)s.") % {"names": ", ".join(done.added)})
    if done.fewer:
        messages.warning(request, _("Fewer than wanted were left of: %(names)s.") % {"names": ", ".join(done.fewer)})
    if done.left_out:
        messages.warning(
            request, _("Not for sale in this way any more: %(names)s.") % {"names": ", ".join(done.left_out)}
        )
    return carts.remember(request, redirect("cart"), cart)
