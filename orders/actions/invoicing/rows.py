"""The rows of an invoice, from what an order says of itself. Pure: nothing is read, nothing is written."""

from collections.abc import Iterable, Sequence

from orders.models import Invoice, InvoiceLine, InvoiceTax, Order, OrderLine, OrderTax
from orders.rounding import split

# Nobody reads more of what was engraved on an invoice; the order keeps it all.
DETAIL_LENGTH = 600


def goods(order: Order, lines: Iterable[OrderLine]) -> list[InvoiceLine]:
    """A row for each line of the order."""
    return [
        InvoiceLine(
            line_id=line.pk,
            name=line.product_name,
            detail=detail(line),
            sku=line.sku,
            quantity=line.quantity,
            unit_price=line.unit_price,
            discount=line.discount,
            rate_bp=line.tax_rate_bp,
            net=line.net,
            tax=line.tax,
            gross=line.gross,
        )
        for line in lines
    ]


def taxes(order: Order, rows: Sequence[OrderTax], lines: Sequence[OrderLine], country: str) -> list[InvoiceTax]:
    """The order's own sums by country and rate; for an order that keeps none, those of its lines and its delivery."""
    kept = [
        InvoiceTax(country=row.country.code, rate_bp=row.rate_bp, net=row.net, tax=row.tax, gross=row.gross)
        for row in rows
    ]
    if (sum_of(kept, "net"), sum_of(kept, "tax")) == (order.net_total, order.tax_total) and kept:
        return kept
    parts = [(line.tax_rate_bp, line.net, line.tax) for line in lines]
    parts.append((order.delivery_tax_rate_bp, order.delivery_net, order.delivery_tax))
    sums: dict[int, InvoiceTax] = {}
    for rate, net, tax in parts:
        row = sums.setdefault(rate, InvoiceTax(country=country, rate_bp=rate, net=0, tax=0, gross=0))
        row.net, row.tax, row.gross = row.net + net, row.tax + tax, row.gross + net + tax
    return [row for row in sums.values() if row.gross or len(sums) == 1]


def delivery(order: Order, lines: Sequence[InvoiceLine], sums: Sequence[InvoiceTax]) -> list[InvoiceLine]:
    """What of each rate is not goods is delivery: mostly one row, several where it follows the rates of the goods."""
    if not order.delivery_name and not order.delivery_gross:
        return []
    parts = []
    for rate in sorted({row.rate_bp for row in sums}, reverse=True):
        same = [row for row in sums if row.rate_bp == rate]
        sold = [line for line in lines if line.rate_bp == rate]
        net, tax = (sum_of(same, what) - sum_of(sold, what) for what in ("net", "tax"))
        if net or tax:
            parts.append(_delivery(order, rate, net, tax))
    parts = parts or [_delivery(order, order.delivery_tax_rate_bp, 0, 0)]
    parts[0].discount = order.delivery_discount
    parts[0].unit_price += order.delivery_discount
    return parts


def _delivery(order: Order, rate: int, net: int, tax: int) -> InvoiceLine:
    return InvoiceLine(
        kind=InvoiceLine.Kind.DELIVERY,
        name=order.delivery_name,
        unit_price=net + tax if order.prices_include_tax else net,
        rate_bp=rate,
        net=net,
        tax=tax,
        gross=net + tax,
    )


def share(amount: int, open_sums: Sequence[InvoiceTax]) -> list[InvoiceTax]:
    """An amount taken back, over what is left of each rate in proportion; net and tax likewise.

    No share is more than what is left, so that parts taken back one after the other come to the whole at last, in
    each rate, whatever the currency. Raises ValueError for more than is left.
    """
    if not 0 < amount <= sum_of(open_sums, "gross"):
        raise ValueError(f"Not to be taken back: {amount} of {sum_of(open_sums, 'gross')}")
    found = []
    for row, gross in zip(open_sums, split(amount, [row.gross for row in open_sums]), strict=True):
        if gross:
            net, tax = split(gross, [row.net, row.tax])
            found.append(InvoiceTax(country=row.country, rate_bp=row.rate_bp, net=net, tax=tax, gross=gross))
    return found


def open_sums(invoices: Iterable[InvoiceTax], credits: Iterable[InvoiceTax]) -> list[InvoiceTax]:
    """What of each country and rate was invoiced and not taken back."""
    left: dict[tuple[str, int], InvoiceTax] = {}
    for sign, rows in ((1, invoices), (-1, credits)):
        for row in rows:
            key = (str(row.country), row.rate_bp)
            whole = left.setdefault(key, InvoiceTax(country=key[0], rate_bp=key[1], net=0, tax=0, gross=0))
            whole.net, whole.tax, whole.gross = (
                getattr(whole, what) + sign * getattr(row, what) for what in ("net", "tax", "gross")
            )
    return [left[key] for key in sorted(left)]


def by_rate(lines: Iterable[InvoiceLine], open_sums: Sequence[InvoiceTax]) -> list[InvoiceTax]:
    """Rows that are taken back, summed by rate; empty when a rate has not so much left, or lies in two countries."""
    found = []
    for rate in sorted({line.rate_bp for line in lines}, reverse=True):
        same = [line for line in lines if line.rate_bp == rate]
        net, tax = sum_of(same, "net"), sum_of(same, "tax")
        left = [row for row in open_sums if row.rate_bp == rate]
        if len(left) != 1 or net > left[0].net or tax > left[0].tax:
            return []
        found.append(InvoiceTax(country=left[0].country, rate_bp=rate, net=net, tax=tax, gross=net + tax))
    return found


def taken_back(invoice: Invoice, rate_bp: int, net: int, tax: int, quantity: int = 1, **words) -> InvoiceLine:
    """A row of a credit note; the price of one piece where the sum can be told so, else the sum of one."""
    shown = net + tax if invoice.prices_include_tax else net
    each, rest = divmod(shown, quantity)
    words.setdefault("kind", InvoiceLine.Kind.REFUND)
    if rest:
        each, words["detail"] = shown, "\n".join(filter(None, (f"{quantity} ×", words.get("detail"))))
        quantity = 1
    return InvoiceLine(rate_bp=rate_bp, net=net, tax=tax, gross=net + tax, quantity=quantity, unit_price=each, **words)


def detail(line: OrderLine) -> str:
    """Which variant, and what was asked of the buyer."""
    answers = [f"{answer['label']}: {answer['words']}" for answer in line.answers]
    text = "\n".join(filter(None, [line.variant_name, *answers]))
    return text if len(text) <= DETAIL_LENGTH else f"{text[: DETAIL_LENGTH - 1]}…"


def sum_of(rows: Iterable, what: str) -> int:
    """The `net`, `tax` or `gross` of all of them."""
    return sum(getattr(row, what) for row in rows)
