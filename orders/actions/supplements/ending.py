"""A supplement that nobody pays: what was added is taken out of the order again."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from customers.models import Customer
from orders import events, letters
from orders.actions import finding, fulfilment, holds, ways
from orders.actions import supplement_sums as sums
from orders.actions.history import announce, in_our_language, note
from orders.models import Order, OrderChange, OrderEvent, OrderLine, Payment, Supplement

logger = logging.getLogger(__name__)
Status = Supplement.Status


def lapse_due(now: datetime) -> int:
    """Take back what was not paid in time, except what staff chose to send all the same; returns how many."""
    due = Supplement.objects.filter(status=Status.OPEN, waits=True, expires_at__lte=now).order_by("pk")
    lapsed = 0
    for supplement in list(due):
        try:
            with in_our_language():
                lapsed += take_back(supplement, _("not paid in time"), now=now) is not None
        except Exception:
            # One that cannot be taken back must not keep the pieces of all others.
            logger.exception("Supplement %s could not be taken back", supplement.pk)
    return lapsed


@transaction.atomic
def take_back(
    supplement: Supplement, reason: str, actor: Customer | None = None, now: datetime | None = None
) -> OrderChange | None:
    """Its goods are on sale again and the order is what it was; the buyer is told. None when it is not open any more.

    Not for one whose goods were sent: None as well.
    """
    now = now or timezone.now()
    order = Order.objects.select_for_update().get(pk=supplement.order_id)
    total = order.total
    rows = drop(order, now)
    if rows is None:
        return None
    gone = sum(Payment.objects.filter(order=order, is_surplus=False).values_list("refunded", flat=True))
    change = OrderChange.objects.create(
        order=order,
        kind=OrderChange.Kind.CANCELLED,
        rows=rows,
        total_before=total - gone,
        total_after=order.total - gone,
        reason=reason[:200],
        actor=actor,
        created_at=now,
    )
    note(order, OrderEvent.Type.CHANGED, now, _("The supplement was taken back: %(why)s") % {"why": reason}, actor)
    fulfilment.restate(order, now)
    finding.remember(order, order.addresses.all(), order.lines.all())
    letters.tell_changed(order, change)
    announce(events.order_changed, order, now)
    return change


def drop(order: Order, now: datetime) -> list[dict] | None:
    """A step of taking back and of calling off, under the order's lock: what became different, None for nothing."""
    supplement = Supplement.objects.filter(order=order, status=Status.OPEN).first()
    if supplement is None:
        return None
    lines = list(supplement.lines.order_by("pk"))
    if any(line.sent for line in lines):
        return None
    Supplement.objects.filter(pk=supplement.pk).update(status=Status.LAPSED)
    Payment.objects.filter(supplement=supplement, status=Payment.Status.PENDING).update(status=Payment.Status.CANCELLED)
    holds.lock(order)
    holds.forget_some({line: line.left for line in lines if line.left})
    rows = [_row(line) for line in lines]
    OrderLine.objects.filter(pk__in=[line.pk for line in lines]).delete()
    sums.reduce(order, lines, supplement)
    if supplement.before:
        rows.append(ways.back_to(order, supplement.before))
    return rows


def send_anyway(supplement: Supplement, actor: Customer | None = None, now: datetime | None = None) -> bool:
    """Staff sends it without its money, which stays owed; False when it is not open."""
    changed = Supplement.objects.filter(pk=supplement.pk, status=Status.OPEN, waits=True).update(waits=False)
    if changed:
        text = _("What was added is sent before it is paid.")
        note(supplement.order, OrderEvent.Type.REMARK, now or timezone.now(), text, actor)
    return bool(changed)


def _row(line: OrderLine) -> dict:
    name = ", ".join(filter(None, (line.product_name, line.variant_name)))
    return {"what": "line", "sku": line.sku, "name": name, "was": line.quantity, "now": 0}
