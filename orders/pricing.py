"""What things cost: pure sums in whole minor units. Prices contain their tax; each row is rounded once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from catalog.money import tax_inside

STANDARD = "standard"


@dataclass(frozen=True, slots=True)
class Item:
    """So many pieces at a price that contains tax of that class; `discount` is taken off all of them together."""

    unit_price: int
    quantity: int
    tax_class: str
    discount: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A priced row: net + tax = gross, always; `discount` is what was taken off before."""

    rate_bp: int
    net: int
    tax: int
    gross: int
    discount: int = 0


@dataclass(frozen=True, slots=True)
class Priced:
    """A priced cart: its rows in the order given, delivery (None when nothing is sent), and the sums over all.

    `goods_total` is what the goods cost before `discount_total` was taken off them.
    """

    rows: tuple[Row, ...]
    delivery: Row | None
    goods_total: int
    discount_total: int
    net_total: int
    tax_total: int
    total: int


def price(
    lines: Iterable[Item], rates: Mapping[str, int], delivery: int | None = None, delivery_discount: int = 0
) -> Priced:
    """Price the lines and the delivery at the rates of the destination (tax class to hundredths of a percent).

    First what is taken off, then tax, then one rounding.

    A class without a rate pays no tax. Delivery is taxed at the standard rate. Totals are sums of the rounded rows,
    so that what is printed adds up. Raises ValueError for a negative price, a quantity below one, and a discount that
    is negative or more than its row.
    """
    rows = tuple(_row(item.unit_price, item.quantity, rates.get(item.tax_class, 0), item.discount) for item in lines)
    sent = None if delivery is None else _row(delivery, 1, rates.get(STANDARD, 0), delivery_discount)
    every = rows if sent is None else (*rows, sent)
    return Priced(
        rows=rows,
        delivery=sent,
        goods_total=sum(row.gross + row.discount for row in rows),
        discount_total=sum(row.discount for row in rows),
        net_total=sum(row.net for row in every),
        tax_total=sum(row.tax for row in every),
        total=sum(row.gross for row in every),
    )


def _row(unit_price: int, quantity: int, rate_bp: int, discount: int) -> Row:
    if unit_price < 0 or quantity < 1:
        raise ValueError(f"Not a row that can be priced: {quantity} at {unit_price}")
    gross = unit_price * quantity - discount
    if discount < 0 or gross < 0:
        raise ValueError(f"Not to be taken off {quantity} at {unit_price}: {discount}")
    tax = tax_inside(gross, rate_bp)
    return Row(rate_bp, gross - tax, tax, gross, discount)
