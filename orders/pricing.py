"""What things cost: pure sums in whole minor units. First what is taken off, then tax, then one rounding."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from orders.rounding import Row, Rule, from_gross, from_net, rounded, split

__all__ = ["STANDARD", "Item", "Priced", "Row", "Rule", "Terms", "price"]

STANDARD = "standard"


@dataclass(frozen=True, slots=True)
class Item:
    """So many pieces at a price, in a tax class; `discount` is taken off all of them together.

    `is_remote`: taxed where its buyer lives, not where a parcel goes.
    """

    unit_price: int
    quantity: int
    tax_class: str
    discount: int = 0
    is_remote: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """How a shop reckons: whether prices contain tax, when tax is rounded, how delivery is taxed.

    With `delivery_follows_goods` delivery bears the rates of the goods in proportion to their sums, else the standard
    rate.
    """

    has_tax: bool = True
    rule: Rule = Rule.LINE
    delivery_follows_goods: bool = False


@dataclass(frozen=True, slots=True)
class Priced:
    """A priced cart: its rows in the order given, delivery (None when nothing is sent), and the sums over all.

    `goods_total` is what the goods cost, as prices are written, before `discount_total` was taken off them; `moved`
    is what rounding added to the goods. `delivery` is the whole of `delivery_parts`, one part for each rate; its rate
    is that of the largest. `taxes` are the sums by (is it remote, rate); together they are the totals.
    """

    rows: tuple[Row, ...]
    delivery: Row | None
    delivery_parts: tuple[Row, ...]
    goods_total: int
    discount_total: int
    moved: int
    net_total: int
    tax_total: int
    total: int
    taxes: Mapping[tuple[bool, int], Row]


def price(
    lines: Iterable[Item],
    rates: Mapping[str, int],
    delivery: int | None = None,
    delivery_discount: int = 0,
    terms: Terms = Terms(),
    remote_rates: Mapping[str, int] | None = None,
) -> Priced:
    """Price the lines and the delivery at the rates of the destination (tax class to hundredths of a percent).

    A class without a rate pays no tax. `remote_rates` are those where the buyer lives, if that is elsewhere. Totals
    are sums of the rounded rows, so that what is printed adds up. Raises ValueError for a negative price, a quantity
    below one, and a discount that is negative or more than its row.
    """
    items = list(lines)
    away = rates if remote_rates is None else remote_rates
    make = from_gross if terms.has_tax else from_net
    goods = [
        make(_amount(item), (away if item.is_remote else rates).get(item.tax_class, 0), item.discount) for item in items
    ]
    sent = _delivery(delivery, delivery_discount, items, goods, rates.get(STANDARD, 0), terms)
    groups = [(item.is_remote, row.rate_bp) for item, row in zip(items, goods, strict=True)]
    groups += [(False, row.rate_bp) for row in sent]
    # Prices without tax stay what they are: both rules over sums start from net then.
    rule = terms.rule if terms.has_tax or terms.rule == Rule.LINE else Rule.NET
    every = rounded([*goods, *sent], groups, rule)
    rows, parts = tuple(every[: len(goods)]), tuple(every[len(goods) :])
    return Priced(
        rows=rows,
        delivery=None if delivery is None else _sum(max(parts, key=lambda row: row.gross).rate_bp, parts),
        delivery_parts=parts,
        goods_total=sum(item.unit_price * item.quantity for item in items),
        discount_total=sum(item.discount for item in items),
        moved=sum(row.moved for row in rows),
        net_total=sum(row.net for row in every),
        tax_total=sum(row.tax for row in every),
        total=sum(row.gross for row in every),
        taxes=_by_group(every, groups),
    )


def _amount(item: Item) -> int:
    if item.unit_price < 0 or item.quantity < 1:
        raise ValueError(f"Not a row that can be priced: {item.quantity} at {item.unit_price}")
    amount = item.unit_price * item.quantity - item.discount
    if item.discount < 0 or amount < 0:
        raise ValueError(f"Not to be taken off {item.quantity} at {item.unit_price}: {item.discount}")
    return amount


def _delivery(
    full: int | None, discount: int, items: Sequence[Item], goods: Sequence[Row], standard: int, terms: Terms
) -> list[Row]:
    """Delivery, a row for each rate; the first names the discount."""
    if full is None:
        return []
    if full < 0 or not 0 <= discount <= full:
        raise ValueError(f"Not a price of delivery: {full} less {discount}")
    make = from_gross if terms.has_tax else from_net
    sums: dict[int, int] = {}
    for item, row in zip(items, goods, strict=True):
        if not item.is_remote:
            sums[row.rate_bp] = sums.get(row.rate_bp, 0) + (row.gross if terms.has_tax else row.net)
    if not terms.delivery_follows_goods or not any(sums.values()):
        return [make(full - discount, standard, discount)]
    rates = sorted(sums, reverse=True)
    shares = split(full - discount, [sums[rate] for rate in rates])
    parts = [(share, rate) for share, rate in zip(shares, rates, strict=True) if share] or [(0, rates[0])]
    return [make(share, rate, 0 if place else discount) for place, (share, rate) in enumerate(parts)]


def _by_group(rows: Sequence[Row], groups: Sequence[Hashable]) -> dict[tuple[bool, int], Row]:
    members: dict[tuple[bool, int], list[Row]] = {}
    for row, group in zip(rows, groups, strict=True):
        members.setdefault(group, []).append(row)
    in_order = sorted(members, key=lambda group: (group[0], -group[1]))
    return {group: _sum(group[1], members[group]) for group in in_order}


def _sum(rate_bp: int, rows: Sequence[Row]) -> Row:
    return Row(
        rate_bp,
        net=sum(row.net for row in rows),
        tax=sum(row.tax for row in rows),
        gross=sum(row.gross for row in rows),
        discount=sum(row.discount for row in rows),
        moved=sum(row.moved for row in rows),
    )
