"""Choosing the currency: a form at the foot of every page."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from orders.actions import carts as actions
from orders.queries.cart_lines import Kind, lines_of
from shop import carts, markets


@require_POST
def choose_currency(request):
    """Prices in another currency from now on; the cart follows, and what is not sold so is named."""
    wish = request.POST.get("currency", "")
    response = redirect(_back(request), permanent=False)
    response.status_code = 303
    if wish not in markets.currencies(request):
        messages.warning(request, _("We do not sell in this currency. Nothing was changed."))
        return response
    cart = carts.current(request, follows=False)
    if cart is not None:
        actions.set_currency(cart, wish)
        _name_what_is_missing(request, cart, wish)
    return markets.remember(response, wish)


def _name_what_is_missing(request, cart, currency: str) -> None:
    names = [line.name for line in lines_of(cart) if line.problem and line.problem.kind == Kind.NOT_IN_CURRENCY]
    if names:
        words = ngettext(
            "In your cart, this is not sold in %(currency)s: %(names)s",
            "In your cart, these are not sold in %(currency)s: %(names)s",
            len(names),
        )
        messages.warning(request, words % {"currency": currency, "names": ", ".join(names)})


def _back(request) -> str:
    """The page that the form stood on."""
    next_page = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(next_page, {request.get_host()}, require_https=request.is_secure())
    return next_page if safe and next_page.startswith("/") else "/"
