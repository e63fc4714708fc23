"""The sums of an order while something is added to it, or taken out again. What was agreed before stays as it is."""

from collections.abc import Sequence

from django.db.models import F

from orders import repricing
from orders.models import Order, OrderLine, OrderTax, Supplement
from orders.rounding import Row, from_gross, from_net

SUMS = ["goods_total", "net_total", "tax_total", "total", "rounding", "delivery_net", "delivery_tax", "delivery_gross"]


def price(order: Order, lines: Sequence[OrderLine]) -> None:
    """Write net, tax and gross into lines that are not saved yet: each is reckoned without the older ones."""
    if not lines:
        return
    for line, row in zip(lines, repricing.reprice(order, lines, alone=True).rows, strict=True):
        line.net, line.tax, line.gross, line.rounding = row.net, row.tax, row.gross, row.moved


def dearer(order: Order, amount: int) -> Row:
    """So much more for the delivery, as prices are written."""
    make = from_gross if order.prices_include_tax else from_net
    return make(amount, order.delivery_tax_rate_bp, 0)


def enlarge(order: Order, lines: Sequence[OrderLine], supplement: Supplement) -> None:
    """The order's sums with these lines and this delivery, saved."""
    _move(order, lines, supplement, 1)


def reduce(order: Order, lines: Sequence[OrderLine], supplement: Supplement) -> None:
    """The order's sums without them, saved."""
    _move(order, lines, supplement, -1)


def _move(order: Order, lines: Sequence[OrderLine], supplement: Supplement, sign: int) -> None:
    order.goods_total += sign * sum(line.full for line in lines)
    order.rounding += sign * sum(line.rounding for line in lines)
    order.net_total += sign * (sum(line.net for line in lines) + supplement.delivery_net)
    order.tax_total += sign * (sum(line.tax for line in lines) + supplement.delivery_tax)
    order.total += sign * supplement.amount
    order.delivery_net += sign * supplement.delivery_net
    order.delivery_tax += sign * supplement.delivery_tax
    order.delivery_gross += sign * supplement.delivery_gross
    order.save(update_fields=SUMS)
    for rate, (net, tax) in by_rate(order, lines, supplement).items():
        _tax(order, rate, sign * net, sign * tax)


def by_rate(order: Order, lines: Sequence[OrderLine], supplement: Supplement) -> dict[int, tuple[int, int]]:
    """Net and tax of each rate, the highest first."""
    parts = [(line.tax_rate_bp, line.net, line.tax) for line in lines]
    if supplement.delivery_gross:
        parts.append((order.delivery_tax_rate_bp, supplement.delivery_net, supplement.delivery_tax))
    sums: dict[int, tuple[int, int]] = {}
    for rate, net, tax in sorted(parts, reverse=True):
        before = sums.get(rate, (0, 0))
        sums[rate] = (before[0] + net, before[1] + tax)
    return sums


def country_of(order: Order) -> str:
    """Where what is sent is taxed, as it was agreed."""
    rows = list(order.taxes.order_by("pk"))
    return rows[0].country.code if rows else ""


def _tax(order: Order, rate: int, net: int, tax: int) -> None:
    rows = OrderTax.objects.filter(order=order, rate_bp=rate)
    row = rows.order_by("pk").first()
    if row is None:
        country = country_of(order)
        if country:
            OrderTax.objects.create(order=order, country=country, rate_bp=rate, net=net, tax=tax, gross=net + tax)
        return
    rows.filter(pk=row.pk).update(net=F("net") + net, tax=F("tax") + tax, gross=F("gross") + net + tax)
