"""What an order comes to after its lines were changed, at the prices and rates that it was agreed with."""

from collections.abc import Iterable, Mapping, Sequence

from catalog.models import Product
from customers.models import ShopDetails
from orders.models import Order, OrderLine, OrderTax, PromotionUse
from orders.pricing import STANDARD, Item, Priced, price
from orders.rounding import Row
from orders.tax.verdict import terms_of


def reprice(order: Order, lines: Sequence[OrderLine], alone: bool = False) -> Priced:
    """Price these lines (their quantity, discount and rate are what counts) and, unless `alone`, the delivery."""
    rates = {_class_of(line.tax_rate_bp): line.tax_rate_bp for line in lines}
    rates[STANDARD] = order.delivery_tax_rate_bp
    items = [
        Item(
            line.unit_price,
            line.quantity,
            _class_of(line.tax_rate_bp),
            line.discount,
            line.kind == Product.Kind.DIGITAL,
        )
        for line in lines
    ]
    terms = terms_of(ShopDetails.current())
    if terms.has_tax != order.prices_include_tax:
        terms = type(terms)(order.prices_include_tax, terms.rule, terms.delivery_follows_goods)
    delivery = order.delivery_shown + order.delivery_discount if order.delivery_name and not alone else None
    return price(items, rates, delivery, order.delivery_discount if delivery else 0, terms, remote_rates=rates)


def write_sums(order: Order, lines: Iterable[OrderLine], priced: Priced) -> None:
    """Put what was priced into the order and its lines; nothing is saved."""
    for line, row in zip(lines, priced.rows, strict=True):
        line.net, line.tax, line.gross, line.rounding = row.net, row.tax, row.gross, row.moved
    order.goods_total, order.discount_total = priced.goods_total, priced.discount_total
    order.net_total, order.tax_total, order.total = priced.net_total, priced.tax_total, priced.total
    order.rounding = priced.moved
    if row := priced.delivery:
        order.delivery_net, order.delivery_tax, order.delivery_gross = row.net, row.tax, row.gross


def taxes(order: Order, priced: Priced, countries: Mapping[bool, str]) -> list[OrderTax]:
    """Net, tax and gross by country and rate; `countries` say where what is remote, and what is not, is taxed."""
    sums: dict[tuple[str, int], Row] = {}
    for (is_remote, rate), row in priced.taxes.items():
        key = (countries[is_remote], rate)
        before = sums.get(key, Row(rate, 0, 0, 0))
        sums[key] = Row(rate, before.net + row.net, before.tax + row.tax, before.gross + row.gross)
    return [
        OrderTax(order=order, country=country, rate_bp=rate, net=row.net, tax=row.tax, gross=row.gross)
        for (country, rate), row in sums.items()
    ]


def lessen(use: PromotionUse, line_id: int, before: int, after: int) -> int:
    """The promotion takes off so much less where a line has fewer pieces; returns what it takes off the line now."""
    parts = dict(use.parts)
    if line_id not in parts:
        return 0
    kept = parts[line_id] * after // before
    use.amount -= parts[line_id] - kept
    use.parts = [[pk, kept if pk == line_id else amount] for pk, amount in use.parts if pk != line_id or kept]
    return kept


def _class_of(rate_bp: int) -> str:
    return f"at {rate_bp}"
