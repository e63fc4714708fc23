"""To the bank's card page and back. Whatever the browser says, only the provider tells whether it was paid."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from orders import providers, tokens
from orders.actions import payments
from orders.actions.supplements import paying as supplements
from orders.models import Order, PaymentMethod
from orders.queries.ways_to_pay import takes
from shop import carts


def order_or_404(token: str) -> Order:
    """The order of a signed link; forged and unknown ones look alike."""
    try:
        return tokens.order_from(token)
    except Order.DoesNotExist:
        raise Http404


def leave_for_card_page(request, order: Order) -> HttpResponse:
    """Off to the hosted card page, for the order or for what was added to it. Raises PaymentUnavailable."""
    token = tokens.token_for(order)
    back = settings.SITE_URL + reverse("card-return", args=[token])
    cancelled = settings.SITE_URL + reverse("pay", args=[token])
    if order.status == Order.Status.PLACED:
        cancelled = settings.SITE_URL + reverse("order", args=[token])
        if order.payment_status == Order.PaymentStatus.UNPAID:
            payments.turn_to_card(order)
            response = redirect(payments.begin_card_payment(order, success_url=back, cancel_url=cancelled))
            response.status_code = 303
            return response
        response = redirect(supplements.begin_payment(order, success_url=back, cancel_url=cancelled))
    else:
        response = redirect(payments.begin_card_payment(order, success_url=back, cancel_url=cancelled))
    response.status_code = 303
    return response


def ask_about(order: Order) -> Order:
    """Settle what the provider knows of the order's card payment; without an answer the order stays as it is."""
    payment = order.payments.filter(method=PaymentMethod.Code.CARD).order_by("-id").first()
    # Of a placed order only what is still to come: a supplement, or a card after one that let go.
    is_to_come = payment is not None and (payment.supplement_id or payment.status == payment.Status.PENDING)
    if payment is not None and (order.status != Order.Status.PLACED or is_to_come):
        try:
            payments.check(payment)
        except (payments.PaymentUnavailable, providers.Refused):
            # The provider's message or the clock will tell us.
            return order
        order.refresh_from_db()
    return order


@never_cache
def card_return(request, token):
    """Back from the card page. Not known yet: a page that asks again by itself."""
    order = ask_about(order_or_404(token))
    if order.status == Order.Status.PLACED:
        return carts.forget(redirect("order", token))
    if order.status == Order.Status.CANCELLED:
        # The cart is as it was.
        return redirect("order", token)
    response = render(request, "orders/waiting.html", {"order": order, "token": token})
    response.headers["Refresh"] = "4"
    return private(response)


@never_cache
def card_cancelled(request, token):
    """Back without having paid: pay after all (POST), or choose another way; the cart is as it was."""
    order = order_or_404(token)
    if request.method == "POST" and order.status == Order.Status.PENDING:
        try:
            return leave_for_card_page(request, order)
        except payments.NotPayable:
            messages.warning(request, _("The time for this payment is over. Please order again; nothing was charged."))
            return redirect("checkout")
        except payments.PaymentUnavailable:
            messages.error(request, _("Cards cannot be taken at this moment. Nothing was charged."))
    order = ask_about(order)
    if order.status == Order.Status.PLACED:
        return carts.forget(redirect("order", token))
    if order.payment_status != Order.PaymentStatus.UNPAID:
        # Paid too late, and sent back: that page says so.
        return redirect("order", token)
    context = {"order": order, "token": token, "is_refused": payments.was_refused(order)}
    return private(render(request, "orders/unpaid.html", context))


@never_cache
@require_POST
def pay_added(request, token):
    """By card for what was added to a paid order, or for an order whose card let go of the money."""
    order = order_or_404(token)
    if not takes(PaymentMethod.Code.CARD):
        raise Http404
    try:
        return leave_for_card_page(request, order)
    except payments.NotPayable:
        messages.info(request, _("There is nothing to pay for this order any more."))
    except payments.PaymentUnavailable:
        messages.error(request, _("Cards cannot be taken at this moment. Nothing was charged."))
    return redirect("order", token)


def private(response: HttpResponse) -> HttpResponse:
    """Found by no search engine, kept by no cache, and its address is told to nobody else."""
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "no-store, private"
    # Not "no-referrer": browsers then send our own forms with an origin of "null".
    response.headers["Referrer-Policy"] = "same-origin"
    return response
