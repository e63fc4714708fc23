"""Invoices and credit notes of the year that was invented, as the till would have written them."""

from collections import Counter
from datetime import datetime

from django.utils.timezone import localdate

from orders.actions import invoicing
from orders.actions.invoicing.issuing import draft
from orders.actions.invoicing.writing import head, series_of
from orders.models import Invoice, InvoiceLine, InvoiceTax, NumberSequence, Order, Refund

BATCH = 500


def write_papers() -> None:
    """Every order's invoice on the day it was due, in a few large statements; then the credit notes, one by one."""
    ready = Order.objects.placed().prefetch_related("lines", "taxes", "addresses", "payments")
    due = sorted((moment, order.pk, order) for order in ready if (moment := _due_at(order)))
    places, papers, lines, taxes = Counter(), [], [], []
    for moment, _pk, order in due:
        rows, sums, words = draft(order, moment)
        day = localdate(moment)
        series = series_of(Invoice.Kind.INVOICE, day)
        places[series] += 1
        paper = head(order, Invoice.Kind.INVOICE, series, places[series], day, sums)
        paper.issued_at, paper.payment, paper.remarks = moment, words["payment"], words["remarks"]
        papers.append(paper)
        for row in (*rows, *sums):
            row.invoice = paper
        lines += rows
        taxes += sums
    for model, made in ((Invoice, papers), (InvoiceLine, lines), (InvoiceTax, taxes)):
        model.objects.bulk_create(made, batch_size=BATCH)
    NumberSequence.objects.bulk_create(NumberSequence(name=name, value=value) for name, value in places.items())
    for refund in Refund.objects.select_related("payment__order").order_by("created_at"):
        invoicing.credit(refund.payment.order, refund.created_at)


def _due_at(order: Order) -> datetime | None:
    """When its money came, or its parcel left."""
    return min(filter(None, (order.paid_at, order.fulfilled_at)), default=None)
