"""A second invoice of an order: for what was added after it was paid, or for all of it, agreed anew."""

from datetime import datetime

from django.db import transaction

from orders.actions import supplement_sums as sums
from orders.actions.invoicing import rows
from orders.actions.invoicing.issuing import draft
from orders.actions.invoicing.moments import first_of
from orders.actions.invoicing.paying import paying_of
from orders.actions.invoicing.writing import write
from orders.models import Invoice, InvoiceLine, InvoiceTax, Order, Supplement


@transaction.atomic
def issue_for(supplement: Supplement, now: datetime) -> Invoice | None:
    """The invoice of a supplement that was paid, once; None where the order itself was never invoiced."""
    order = Order.objects.select_for_update().get(pk=supplement.order_id)
    supplement.refresh_from_db()
    if supplement.invoice_id:
        return supplement.invoice
    first = first_of(order)
    if first is None:
        return None
    lines = list(supplement.lines.order_by("pk"))
    taxes = [
        InvoiceTax(country=sums.country_of(order), rate_bp=rate, net=net, tax=tax, gross=net + tax)
        for rate, (net, tax) in sums.by_rate(order, lines, supplement).items()
    ]
    said = [*rows.goods(order, lines), *_delivery(order, supplement)]
    paper = write(
        order, Invoice.Kind.INVOICE, said, taxes, now, corrects=first, payment=paying_of(order, supplement, now)
    )
    Supplement.objects.filter(pk=supplement.pk).update(invoice=paper)
    return paper


def issue_anew(order: Order, now: datetime) -> Invoice:
    """The invoice of an order whose first one was taken back because it changed before it was paid."""
    lines, taxes, words = draft(order, now)
    return write(order, Invoice.Kind.INVOICE, lines, taxes, now, corrects=first_of(order), **words)


def _delivery(order: Order, supplement: Supplement) -> list[InvoiceLine]:
    if not supplement.delivery_gross:
        return []
    net, tax = supplement.delivery_net, supplement.delivery_tax
    return [
        InvoiceLine(
            kind=InvoiceLine.Kind.DELIVERY,
            name=order.delivery_name,
            unit_price=net + tax if order.prices_include_tax else net,
            rate_bp=order.delivery_tax_rate_bp,
            net=net,
            tax=tax,
            gross=net + tax,
        )
    ]
