"""What is asked of money before it counts, and what becomes of money that nobody waits for."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from orders import providers
from orders.actions import refund_parts, refunds, withdrawing
from orders.actions.history import note
from orders.models import Cart, Order, OrderEvent, Payment, Refund

# What stands in the history, and why it goes back.
TOO_LATE = (
    gettext_noop("Paid when the pieces were sold already; the money goes back."),
    gettext_noop("Paid too late: sold out."),
)
NO_ADDRESS = (
    gettext_noop("Paid, and nothing can be sent to the address for that money; it goes back."),
    gettext_noop("Nothing can be sent to the address for that money."),
)


def complaint_of(order: Order, payment: Payment, session: dict) -> str:
    """What is wrong with this money; empty when it is exactly what was asked for."""
    paid, currency = session["amount_total"], str(session["currency"]).upper()
    if payment.session_id not in (None, session["id"]) or session["client_reference_id"] != str(order.uid):
        return _("%(provider)s took money for this order in another session: %(session)s.") % {
            "session": session["id"],
            "provider": providers.title(),
        }
    # What was held stays the measure when less of it is owed later.
    due = payment.authorised or payment.amount
    if (paid, currency) != (due, payment.currency):
        return _(
            "%(provider)s took %(paid)s %(currency)s in session %(session)s; %(due)s %(due_currency)s was due."
        ) % {
            "provider": providers.title(),
            "paid": paid,
            "currency": currency,
            "session": session["id"],
            "due": due,
            "due_currency": payment.currency,
        }
    return ""


def put_before_a_person(order: Order, payment: Payment, session: dict, complaint: str, now: datetime) -> None:
    # The same news may come many times; one line is enough.
    if not order.events.filter(type=OrderEvent.Type.INCIDENT, text=complaint[:300]).exists():
        note(order, OrderEvent.Type.INCIDENT, now, complaint)
    if payment.session_id in (None, session["id"]):
        # Stripe has spoken; asking again would only say the same.
        Payment.objects.filter(pk=payment.pk, closed_at=None).update(closed_at=now)


def bring_back(order: Order, now: datetime) -> bool:
    """Whether an order that was given up can go on: its money came late."""
    # Before the shelf, as whoever places an order does: two who want cart and shelf must not wait for each other.
    list(Cart.objects.select_for_update().filter(pk=order.cart_id))
    return withdrawing.restore(order, now)


def send_back(order: Order, payment: Payment, now: datetime, why: tuple[str, str] = TOO_LATE) -> Refund:
    """The money came too late, or for nothing: on record, and on its way back."""
    incident, reason = why
    Order.objects.filter(pk=order.pk).update(payment_status=Order.PaymentStatus.PAID, paid_at=now)
    note(order, OrderEvent.Type.INCIDENT, now, _(incident))
    return refunds.request(payment, refund_parts.everything(order, payment.captured), _(reason), now=now)
