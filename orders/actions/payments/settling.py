"""Taking money that was paid: the one door, for the webhook, the browser's return and our own questions."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.money import format_minor
from orders.actions import placing, refund_parts, refunds, withdrawing
from orders.actions.history import in_our_language, note
from orders.actions.locking import lock
from orders.actions.payment_ledger import record
from orders.actions.payments.fate import intent_id
from orders.models import Cart, Order, OrderEvent, Payment, PaymentEvent, Refund


def settle(payment: Payment, session: dict, now: datetime | None = None) -> bool:
    """Take the money of a paid session: the order is placed and paid. Returns whether its money is here.

    `session` is Stripe's, from a signed event or from our own question. Called again, from anywhere and at the same
    time, it changes nothing. Only the exact amount in the exact currency counts; anything else is an incident in the
    order's history. Money for an order that was given up brings it back while its pieces are there; if they are sold,
    it is kept on record and refunded by itself.
    """
    if session["payment_status"] != "paid":
        return False
    now = now or timezone.now()
    with in_our_language():
        received, refund = _take(payment, session, now)
    if refund:
        refunds.send(refund, now=now)
    return received


@transaction.atomic(durable=True)
def _take(payment: Payment, session: dict, now: datetime) -> tuple[bool, Refund | None]:
    order, payment = lock(payment)
    if complaint := _complaint(order, payment, session):
        _put_before_a_person(order, payment, session, complaint, now)
        return False, None
    if payment.status == Payment.Status.CAPTURED:
        return True, None
    Payment.objects.filter(pk=payment.pk).exclude(status=Payment.Status.CAPTURED).update(
        status=Payment.Status.CAPTURED,
        captured=payment.amount,
        captured_at=now,
        closed_at=now,
        session_id=session["id"],
        intent_id=intent_id(session),
    )
    record(payment, PaymentEvent.Kind.CAPTURED, payment.amount, now, intent_id(session) or session["id"])
    if order.status == Order.Status.CANCELLED and not _bring_back(order, now):
        return True, _send_back(order, payment, now)
    placing.mark_placed(order, now)
    placing.note_paid(order, now, text=format_minor(payment.amount, payment.currency, "en"))
    return True, None


def _complaint(order: Order, payment: Payment, session: dict) -> str:
    """What is wrong with this money; empty when it is exactly what was asked for."""
    paid, currency = session["amount_total"], str(session["currency"]).upper()
    if payment.session_id not in (None, session["id"]) or session["client_reference_id"] != str(order.uid):
        return _("Stripe took money for this order in another session: %(session)s.") % {"session": session["id"]}
    if (paid, currency) != (payment.amount, payment.currency):
        return _("Stripe took %(paid)s %(currency)s in session %(session)s; %(due)s %(due_currency)s was due.") % {
            "paid": paid,
            "currency": currency,
            "session": session["id"],
            "due": payment.amount,
            "due_currency": payment.currency,
        }
    return ""


def _put_before_a_person(order: Order, payment: Payment, session: dict, complaint: str, now: datetime) -> None:
    # The same news may come many times; one line is enough.
    if not order.events.filter(type=OrderEvent.Type.INCIDENT, text=complaint[:300]).exists():
        note(order, OrderEvent.Type.INCIDENT, now, complaint)
    if payment.session_id in (None, session["id"]):
        # Stripe has spoken; asking again would only say the same.
        Payment.objects.filter(pk=payment.pk, closed_at=None).update(closed_at=now)


def _bring_back(order: Order, now: datetime) -> bool:
    # Before the shelf, as whoever places an order does: two who want cart and shelf must not wait for each other.
    list(Cart.objects.select_for_update().filter(pk=order.cart_id))
    return withdrawing.restore(order, now)


def _send_back(order: Order, payment: Payment, now: datetime) -> Refund:
    """The money came too late: on record, and on its way back."""
    Order.objects.filter(pk=order.pk).update(payment_status=Order.PaymentStatus.PAID, paid_at=now)
    note(order, OrderEvent.Type.INCIDENT, now, _("Paid when the pieces were sold already; the money goes back."))
    return refunds.request(
        payment, refund_parts.everything(order, payment.amount), _("Paid too late: sold out."), now=now
    )
