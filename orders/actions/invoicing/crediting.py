"""Credit notes: what was invoiced and is not owed any more."""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from orders.actions.invoicing import rows
from orders.actions.invoicing.moments import gone_back, has_credit_for, owed, standing_of, supplements_of, tax_rows
from orders.actions.invoicing.returned import rows_of
from orders.actions.invoicing.writing import write
from orders.models import Invoice, InvoiceLine, InvoiceTax, Order, Refund

logger = logging.getLogger(__name__)
Kind = Invoice.Kind


@transaction.atomic
def credit(order: Order, now: datetime | None = None) -> Invoice | None:
    """The credit note that an order is owed: for all that is left of one called off, else for money that went back.

    None when it is owed none, or was never invoiced. Asked again it writes nothing more.
    """
    now = now or timezone.now()
    order = Order.objects.select_for_update().get(pk=order.pk)
    invoice = standing_of(order)
    if invoice is None:
        return None
    invoiced, credited = tax_rows(order, Kind.INVOICE), tax_rows(order, Kind.CREDIT_NOTE)
    amount = owed(order, rows.sum_of(invoiced, "gross"), rows.sum_of(credited, "gross"))
    if not amount:
        return None
    left = rows.open_sums(invoiced, credited)
    whole = [] if has_credit_for(invoice) else [invoice, *supplements_of(order)]
    refund = _refund_of(order, amount)
    taxes, lines = rows.share(amount, left), []
    if amount == sum(paper.gross for paper in whole) == rows.sum_of(left, "gross"):
        lines = [line for paper in whole for line in _all_of(paper)]
    elif refund and (told := rows_of(refund, invoice)):
        # What exactly went back is known; it decides about the rates as far as they have that much left.
        lines, taxes = (told, fit) if (fit := rows.by_rate(told, left)) else ([], taxes)
    return write(
        order,
        Kind.CREDIT_NOTE,
        lines or _summary(invoice, taxes),
        taxes,
        now,
        corrects=_names(refund) or invoice,
        refund=refund,
    )


def credit_when_owed(order: Order, now: datetime) -> None:
    """A step of giving money back and of calling off. The clock repeats what goes wrong here."""
    try:
        with transaction.atomic():
            credit(order, now)
    except Exception:
        logger.exception("Order %s could not be credited", order.pk)


def reverse(order: Order, now: datetime) -> Invoice:
    """Take the standing invoice back as a whole, because the order changes before it is paid: the next one holds."""
    invoice = standing_of(order)
    taxes = rows.open_sums(tax_rows(order, Kind.INVOICE), tax_rows(order, Kind.CREDIT_NOTE))
    return write(order, Kind.CREDIT_NOTE, _all_of(invoice), [row for row in taxes if row.gross], now, corrects=invoice)


def _names(refund: Refund | None) -> Invoice | None:
    """The invoice that the refunded pieces stand on, where that is not the order's own."""
    row = refund.lines.select_related("line__supplement__invoice").first() if refund else None
    return row.line.supplement.invoice if row and row.line.supplement_id else None


def _refund_of(order: Order, amount: int) -> Refund | None:
    """The one that it is for, if it is for one."""
    refunds = gone_back().filter(payment__order=order, credit_note=None)
    return refunds.filter(amount=amount).order_by("pk").last()


def _all_of(invoice: Invoice) -> list[InvoiceLine]:
    """Its rows once more: everything is taken back."""
    lines = list(invoice.lines.all())
    for line in lines:
        line.pk, line._state.adding = None, True
    return lines


def _summary(invoice: Invoice, taxes: Sequence[InvoiceTax]) -> list[InvoiceLine]:
    """A row for each rate, where no goods are named."""
    with translation.override(invoice.language):
        name = _("Money back for order %(number)s") % {"number": invoice.order_number}
    return [rows.taken_back(invoice, row.rate_bp, row.net, row.tax, name=name) for row in taxes]
