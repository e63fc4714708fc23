"""The rows of a credit note for a refund that knows what it is for."""

from orders import shares
from orders.actions.invoicing import rows
from orders.models import Invoice, InvoiceLine, Refund
from orders.shares import Share


def rows_of(refund: Refund, invoice: Invoice) -> list[InvoiceLine]:
    """A row for each line that money went back for, and for the delivery; nothing where a part names no goods."""
    if refund.goodwill:
        return []
    found = [
        rows.taken_back(
            invoice, row.line.tax_rate_bp, row.net, row.tax,
            kind=InvoiceLine.Kind.GOODS, name=row.line.product_name, detail=rows.detail(row.line),
            sku=row.line.sku, line_id=row.line_id, quantity=max(1, row.quantity),
        )
        for row in refund.lines.select_related("line") if row.gross
    ]  # fmt: skip
    return found + _delivery(refund, invoice)


def _delivery(refund: Refund, invoice: Invoice) -> list[InvoiceLine]:
    """By the rates that the delivery was invoiced at, one after the other."""
    sent = list(invoice.lines.filter(kind=InvoiceLine.Kind.DELIVERY))
    if not refund.delivery_gross:
        return []
    if len(sent) != 1:
        return _spread(refund, invoice, sent)
    net, tax = refund.delivery_net, refund.delivery_tax
    return [
        rows.taken_back(
            invoice, sent[0].rate_bp, net, tax, kind=InvoiceLine.Kind.DELIVERY, name=sent[0].name
        )
    ]  # fmt: skip


def _spread(refund: Refund, invoice: Invoice, sent: list[InvoiceLine]) -> list[InvoiceLine]:
    found, amount = [], refund.delivery_gross
    for line in sent:
        part = shares.of_amount(Share(line.net, line.tax), min(amount, line.gross))
        amount -= part.gross
        if part.gross:
            found.append(
                rows.taken_back(
                    invoice, line.rate_bp, part.net, part.tax, kind=InvoiceLine.Kind.DELIVERY, name=line.name
                )
            )
    return found
