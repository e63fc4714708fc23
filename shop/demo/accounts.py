"""Money that is still to come in the demonstration shop: cafés that buy on account, and a card that holds a sum."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from orders.actions.payment_ledger import record
from orders.models import AccountTerms, Order, Payment, PaymentEvent, PaymentMethod
from shop.demo.data import load, spread


def owe(now: datetime) -> None:
    """Terms for a group and for one customer, an order that is overdue, and one whose card lets go soon."""
    PaymentMethod.objects.create(code="on_account", position=4, **spread(**load("accounts")))
    AccountTerms.objects.create(group_id="trade", currency="EUR", days=30, limit=150_000)
    waiting = Order.objects.awaiting_money().filter(credit_total=0, customer__isnull=False).order_by("-placed_at")
    late, held = (*waiting[:2], None, None)[:2]
    if late:
        _is_overdue(late, now)
    if held:
        _is_held(held, now)


def _is_overdue(order: Order, now: datetime) -> None:
    AccountTerms.objects.create(customer=order.customer, currency="EUR", days=14, limit=80_000)
    order.payments.update(method=PaymentMethod.Code.ON_ACCOUNT)
    Order.objects.filter(pk=order.pk).update(due_on=localdate(now) - timedelta(days=2))


def _is_held(order: Order, now: datetime) -> None:
    """Its card was asked to hold the sum until the parcel leaves, which is nearly too late."""
    names = {"session_id": f"cs_demo_{order.number}", "intent_id": f"pi_demo_{order.number}"}
    order.payments.update(
        method=PaymentMethod.Code.CARD,
        status=Payment.Status.AUTHORISED,
        request={"payment_intent_data": {"capture_method": "manual"}},
        capture_before=now + timedelta(hours=30),
        checked_at=now,
        **names,
    )
    payment = order.payments.get()
    record(payment, PaymentEvent.Kind.AUTHORISED, payment.amount, order.placed_at, names["intent_id"])
    Order.objects.filter(pk=order.pk).update(payment_status=Order.PaymentStatus.AUTHORISED)
