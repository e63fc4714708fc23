"""The invoice of an order: once, in the transaction of what causes it."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation

from orders.actions.invoicing import rows
from orders.actions.invoicing.moments import due, first_of
from orders.actions.invoicing.paying import paying
from orders.actions.invoicing.writing import country_of, write
from orders.models import Invoice, InvoiceLine, InvoiceTax, Order
from orders.tax.words import sentence

logger = logging.getLogger(__name__)


class NotInvoiced(Exception):
    """The order was not placed: nothing was sold."""


@transaction.atomic
def issue(order: Order, now: datetime | None = None) -> Invoice:
    """The invoice of a placed order; an order that has one gives that. Raises NotInvoiced.

    Staff may ask for it before the money is here: it then says how to pay.
    """
    now = now or timezone.now()
    order = Order.objects.select_for_update().get(pk=order.pk)
    if known := first_of(order):
        return known
    if order.status != Order.Status.PLACED:
        raise NotInvoiced(order.pk)
    return _write(order, now)


def issue_when_due(order: Order, now: datetime) -> None:
    """A step of taking money and of sending goods. What goes wrong here must not undo them: the clock tries again."""
    try:
        with transaction.atomic():
            fresh = Order.objects.get(pk=order.pk)
            if due(fresh):
                issue(fresh, now)
    except Exception:
        logger.exception("Order %s could not be invoiced", order.pk)


def _write(order: Order, now: datetime) -> Invoice:
    lines, taxes, words = draft(order, now)
    return write(order, Invoice.Kind.INVOICE, lines, taxes, now, **words)


def draft(order: Order, now: datetime) -> tuple[list[InvoiceLine], list[InvoiceTax], dict]:
    """The rows of an order's invoice and what else it says, not written yet."""
    lines = list(order.lines.all())
    goods = rows.goods(order, lines)
    taxes = rows.taxes(order, list(order.taxes.all()), lines, country_of(order))
    words = {"payment": paying(order, now), "remarks": _remarks(order)}
    return [*goods, *rows.delivery(order, goods, taxes)], taxes, words


def _remarks(order: Order) -> list[str]:
    """Why no tax was charged, in its words. The reason of an exempt customer is for staff and is not told."""
    with translation.override(order.language):
        said = sentence(order.taxing, order.needs_delivery)
    return [said] if said else []
