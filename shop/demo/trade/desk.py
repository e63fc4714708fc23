"""What lies on the order desk: a parcel of which the rest follows, and money back for a stain."""

from datetime import datetime, timedelta

from django.db.models import Count

from customers.models import Mail
from orders.actions import refunds, shipping
from orders.actions.refund_parts import Back, Parts
from orders.models import Order, PaymentMethod
from orders.queries.held import ready_to_pack


def work_at_the_desk(now: datetime) -> None:
    """The letters are not written: nobody is to get mail from a shop that was invented."""
    _send_a_part(now)
    _make_good(now)
    Mail.objects.filter(key__startswith="order-").delete()


def _send_a_part(now: datetime) -> None:
    waiting = Order.objects.to_pack().filter(pays_on_delivery=False).annotate(rows=Count("lines"))
    order = waiting.filter(rows__gte=2).order_by("pk").first()
    if order is None:
        return
    there = ready_to_pack(order, now.date())
    first = next((pk for pk, pieces in there.items() if pieces), None)
    if first:
        parcel = {"tracking_number": f"CL{order.number}ES", "now": now - timedelta(hours=3)}
        shipping.ship(order, pieces={first: there[first]}, **parcel)


def _make_good(now: datetime) -> None:
    sent = Order.objects.filter(
        fulfilment_status=Order.FulfilmentStatus.FULFILLED,
        payment_status=Order.PaymentStatus.PAID,
        payments__method=PaymentMethod.Code.BANK_TRANSFER,
    )
    order = sent.order_by("-pk").first()
    if order is None:
        return
    line = order.lines.order_by("pk").first()
    part = Parts((Back(line.pk, 0, line.gross // 5),))
    refunds.send(refunds.request(order.payments.get(captured__gt=0), part, "A stain, kept all the same", now=now), now)
