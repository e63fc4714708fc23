"""The checkout: one page from cart to order, and the way to the card page and back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from catalog.actions.stock import SoldOut
from catalog.money import format_minor
from customers import consent
from customers.actions import address_book
from marketing.models import Event
from orders import kept
from orders.actions import carts as cart_actions
from orders.actions import checkout as till
from orders.actions import payments
from orders.models import Cart, Order
from orders.tokens import token_for
from shop import carts, frame, gift_cards, newsletter, promotions, visits
from shop.checkout import Desk
from shop.forms.checkout import ANOTHER_DELIVERY, ANOTHER_PAYMENT
from shop.terms import terms
from shop.views.paying import card_cancelled, card_return, leave_for_card_page

CARD_AWAY = gettext_lazy(
    "Cards cannot be taken at this moment. Try again in a minute, or choose another way; nothing was charged."
)

__all__ = ["card_cancelled", "card_return", "checkout"]


@never_cache
def checkout(request):
    """Shows the desk; POST places the order, or with `update` only reckons anew."""
    cart = carts.current(request)
    if request.method == "POST" and (order := made_already(request, cart)):
        return to_order(request, order)
    if cart is None:
        return redirect("cart")
    with kept.at(frame.state_of(request)):
        return at_the_desk(request, cart)


def at_the_desk(request, cart: Cart) -> HttpResponse:
    customer = request.user if request.user.is_authenticated else None
    if request.method != "POST":
        promotions.take_along(request, cart)
        return promotions.forget(request, opened(request, Desk(cart, customer)))
    wish = gift_cards.wish_of(request.POST)
    # First: the cards of the cart decide what is left to pay.
    fault = gift_cards.at_the_desk(request, cart, wish)
    desk = Desk(cart, customer, request.POST, checks=not wish)
    if stands_in_the_way(request, desk):
        return redirect("cart")
    if not desk.checks:
        return shown(request, desk, status=fault.status if fault else 200, gift_fault=fault)
    if desk.is_valid():
        return ordered(request, desk)
    remember(desk)
    take_yes(request, desk)
    response = shown(request, desk, status=422)
    visits.follow(response, Event.Type.CHECKOUT_STEP)
    return response


def opened(request, desk: Desk) -> HttpResponse:
    if stands_in_the_way(request, desk):
        return redirect("cart")
    dearer = [line for line in desk.summary.lines if line.problem]
    response = shown(request, desk, changed=dearer)
    day = timezone.localdate().isoformat()
    facts = {
        "dedupe_key": f"checkout:{desk.cart.pk}:{day}",
        "value": desk.summary.total,
        "currency": desk.cart.currency,
    }
    visits.note(request, response, Event.Type.CHECKOUT, **facts)
    if dearer:
        # Shown on this page with both prices; from now on they are what the shopper knows.
        cart_actions.accept_prices(desk.cart)
    return response


def stands_in_the_way(request, desk: Desk) -> bool:
    """An empty cart, or a line that cannot be had: the cart page says what to do."""
    if desk.summary.is_empty:
        return True
    if desk.summary.problems:
        messages.warning(request, _("Something changed since you chose it. Please look at the marked lines."))
        return True
    return False


def shown(request, desk: Desk, status: int = 200, **more) -> HttpResponse:
    context = {
        "desk": desk,
        "mark": carts.mark_of(desk.cart),
        "form": desk.form,
        "summary": desk.summary,
        "faults": [],
        "terms": terms(),
        **more,
    }
    if desk.typed is not None and desk.checks:
        context["faults"] = desk.faults()
    return render(request, "checkout/checkout.html", context, status=status)


def remember(desk: Desk) -> None:
    """The guest's address stays with the cart when something else is to be mended, or his card is still to be asked."""
    cleaned = getattr(desk.form, "cleaned_data", {})
    if not desk.customer:
        typed = [cleaned.get(name) or "" for name in ("email", "name", "country")]
        cart_actions.remember_guest(desk.cart, *typed)


def take_yes(request, desk: Desk) -> None:
    """Consent to letters, word for word, also where something else is to be mended."""
    cleaned = getattr(desk.form, "cleaned_data", {})
    email = desk.customer.email if desk.customer else cleaned.get("email", "")
    if email and cleaned.get("news") and not consent.may_write(email):
        wording = str(desk.form.fields["news"].label)
        newsletter.take_yes(request, email, wording, "checkout", desk.customer)


def ordered(request, desk: Desk) -> HttpResponse:
    """Place the order; what the till refuses becomes a sentence here."""
    order = None
    take_yes(request, desk)
    try:
        order = till.place_order(
            desk.cart, desk.details(), desk.shown_total(), summary=desk.summary, shown_rest=desk.shown_rest()
        )
    except till.CartIsEmpty:
        return redirect("cart")
    except (SoldOut, till.NotForSale):
        messages.error(request, _("Somebody else was faster. Please look at the marked lines; nothing was ordered."))
        return redirect("cart")
    except till.CreditChanged as refusal:
        rest = format_minor(refusal.rest, desk.summary.currency, get_language() or "en")
        words = _("The gift card now leaves %(sum)s to pay. Please look at it and order again.") % {"sum": rest}
        return shown(request, desk, status=409, new_total=words)
    except till.TotalChanged as refusal:
        return shown(request, desk, status=409, new_total=total_sentence(desk, refusal.total))
    except till.NotDelivered:
        return refused(request, desk, "delivery", ANOTHER_DELIVERY)
    except till.PaymentNotOffered:
        return refused(request, desk, "payment", ANOTHER_PAYMENT)
    except till.OrderUnderWay as older:
        # The bank is at work on what was ordered before; its page says what becomes of it.
        return to_order(request, older.order)
    except payments.PaymentUnavailable:
        return refused(request, desk, "payment", CARD_AWAY)
    finally:
        if order is None or order.status != Order.Status.PLACED:
            remember(desk)
    if desk.customer and desk.form.cleaned_data.get("keep") and desk.form.is_new_address:
        address_book.keep(desk.customer, desk.form.destination())
    if order.status == Order.Status.PLACED:
        return to_order(request, order)
    try:
        return leave_for_card_page(request, order)
    except payments.PaymentUnavailable:
        give_back(order)
        return refused(request, desk, "payment", CARD_AWAY)


def give_back(order: Order) -> None:
    """The pieces go back on sale at once; if the bank cannot be asked even for that, the clock does it."""
    try:
        payments.give_up(order)
    except payments.PaymentUnavailable:
        return


def refused(request, desk: Desk, field: str, sentence: str) -> HttpResponse:
    if field in desk.form.fields:
        desk.form.add_error(field, ValidationError(sentence))
    return shown(request, desk, status=422)


def total_sentence(desk: Desk, total: int) -> str:
    """What it costs now and, if we know it, what it did."""
    language, currency = get_language() or "en", desk.summary.currency
    words = {"now": format_minor(total, currency, language)}
    was = desk.shown_total()
    if was < 0:
        return _("The order comes to %(now)s. Please look at it and order again.") % words
    words["was"] = format_minor(was, currency, language)
    return _("The sum has changed from %(was)s to %(now)s. Please look at it and order again.") % words


def made_already(request, cart: Cart | None) -> Order | None:
    """The order that this form made a moment ago: the button was pressed twice, or after going back."""
    mark = request.POST.get("cart", "")
    if cart is not None and carts.is_marked(cart, mark):
        return None
    posted = carts.of_mark(request, mark)
    if posted is None:
        return None
    return posted.orders.filter(status=Order.Status.PLACED).first()


def to_order(request, order: Order) -> HttpResponse:
    response = redirect("order", token_for(order))
    response.status_code = 303
    return carts.forget(response)
