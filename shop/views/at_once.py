"""Paying before anything is typed: from the cart straight to the card page, which asks for the address."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from catalog.actions.stock import SoldOut
from catalog.money import format_minor
from orders import delivery, kept
from orders.actions import checkout as till
from orders.actions import payments
from orders.details import Details
from orders.models import Cart, Order, PaymentMethod
from shop import carts, frame
from shop.forms.address import country_choices
from shop.views.checkout import CARD_AWAY, give_back, made_already, to_order
from shop.views.paying import leave_for_card_page

LONGEST = 80


@never_cache
@require_POST
def pay_at_once(request):
    """Writes the order without an address, holds its pieces and leaves for the card page."""
    cart = carts.current(request)
    if order := made_already(request, cart):
        return to_order(request, order)
    if cart is None:
        return redirect("cart")
    with kept.at(frame.state_of(request)):
        return begun(request, cart)


def begun(request, cart: Cart) -> HttpResponse:
    """Off to the card page; what the till refuses becomes a sentence on the page that can mend it."""
    try:
        order = till.place_order(cart, details_of(request), shown_total(request, cart))
    except till.CartIsEmpty:
        return redirect("cart")
    except (SoldOut, till.NotForSale):
        messages.error(request, _("Somebody else was faster. Please look at the marked lines; nothing was ordered."))
        return redirect("cart")
    except till.TotalChanged as refusal:
        total = format_minor(refusal.total, cart.currency, get_language() or "en")
        sentence = _("It now costs %(now)s. Please look at it once more; nothing was charged.")
        messages.warning(request, sentence % {"now": total})
        return redirect("cart")
    except (till.NotDelivered, till.PaymentNotOffered):
        messages.info(request, _("This order needs a few words more from you. Nothing was charged."))
        return redirect("checkout")
    except till.OrderUnderWay as older:
        return to_order(request, older.order)
    except payments.PaymentUnavailable:
        return away(request)
    if order.status == Order.Status.PLACED:
        return to_order(request, order)
    try:
        return leave_for_card_page(request, order)
    except payments.PaymentUnavailable:
        give_back(order)
        return away(request)


def away(request) -> HttpResponse:
    messages.error(request, CARD_AWAY)
    return redirect("checkout")


def details_of(request) -> Details:
    """What is known of a buyer who has typed nothing; a country that we do not deliver to is none."""
    country = request.POST.get("country", "")
    known = dict(country_choices(delivery.terms().countries()))
    return Details(
        email=request.user.email if request.user.is_authenticated else "",
        country=country if country in known else "",
        delivery=request.POST.get("delivery", "").replace("\x00", "")[:LONGEST],
        payment=PaymentMethod.Code.CARD,
        language=get_language() or "en",
        asks_address=True,
    )


def shown_total(request, cart: Cart) -> int:
    """The sum that stood on the button; -1, which no order costs, when none came back."""
    value = request.POST.get("total", "")
    is_sum = value.isascii() and value.isdecimal() and len(value) < 16
    return int(value) if is_sum and request.POST.get("currency") == cart.currency else -1
