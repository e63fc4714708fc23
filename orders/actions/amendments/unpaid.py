"""Agreeing an unpaid order anew: its lines, sums, tax and what is still to be paid are written again."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import F

from catalog.actions import stock
from orders import repricing
from orders.actions import holds
from orders.actions.amendments import covering, moving, shelves
from orders.actions.amendments.wishes import Outcome, Wish, row_of
from orders.models import (
    Order,
    OrderAddress,
    OrderLine,
    OrderTax,
    PromotionTally,
    PromotionUse,
)
from orders.promotions.tallies import MONEY

SUMS = [
    "goods_total", "discount_total", "net_total", "tax_total", "total", "rounding",
    "delivery_net", "delivery_tax", "delivery_gross", "delivery_discount",
    "credit_total",
]  # fmt: skip


def change(
    order: Order, lines: Mapping[int, OrderLine], steps: Mapping[OrderLine, int], wish: Wish, now: datetime
) -> Outcome:
    """A step of `amend`. Raises stock.SoldOut, NotSold."""
    outcome = Outcome([row_of(line, step) for line, step in steps.items()])
    countries = _countries(order)
    shelves.lock(order, steps, wish)
    moving.move(order, wish, outcome, now, reprices=True)
    fresh = shelves.fresh(order, wish.added, now)
    for line, step in steps.items():
        if step > 0:
            holds.record_more(line, stock.reserve({line.variant_id or 0: step}, order.pickup_place_id))
    holds.forget_some({line: -step for line, step in steps.items() if step < 0})
    _lessen(order, steps)
    for line, step in steps.items():
        line.quantity += step
    kept = [line for line in lines.values() if line.quantity]
    priced = repricing.reprice(order, [*kept, *fresh])
    repricing.write_sums(order, [*kept, *fresh], priced)
    covering.shrink(order, now)
    _save(order, lines.values(), kept)
    _add(order, fresh, outcome)
    OrderTax.objects.filter(order=order).delete()
    OrderTax.objects.bulk_create(repricing.taxes(order, priced, countries))
    covering.follow(order)
    return outcome


def _lessen(order: Order, steps: Mapping[OrderLine, int]) -> None:
    """What promotions take off the lines that become shorter; what a line gets in addition costs its full price."""
    shorter = {line: step for line, step in steps.items() if step < 0 and line.discount}
    if not shorter:
        return
    uses = list(PromotionUse.objects.filter(order=order, released_at=None).order_by("promotion_id").select_for_update())
    before = {use.pk: use.amount for use in uses}
    for line, step in shorter.items():
        told = sum(dict(use.parts).get(line.pk, 0) for use in uses)
        after = line.quantity + step
        kept = sum(repricing.lessen(use, line.pk, line.quantity, after) for use in uses)
        line.discount = kept + (line.discount - told) * after // line.quantity
    for use in uses:
        less = before[use.pk] - use.amount
        PromotionUse.objects.filter(pk=use.pk).update(amount=use.amount, parts=use.parts)
        tally = PromotionTally.objects.filter(promotion=use.promotion_id, key=f"{MONEY}{use.currency}")
        tally.filter(used__gte=less).update(used=F("used") - less)


def _add(order: Order, fresh: Sequence[OrderLine], outcome: Outcome) -> None:
    if not fresh:
        return
    held = stock.reserve({line.variant_id: line.quantity for line in fresh}, order.pickup_place_id)
    holds.record(OrderLine.objects.bulk_create(fresh), held, None)
    outcome.rows += [{**row_of(line, 0), "was": 0} for line in fresh]


def _countries(order: Order) -> dict[bool, str]:
    """Where its parcels and where its files are taxed, as it was agreed."""
    known = [row.country.code for row in order.taxes.order_by("pk")]
    address = order.addresses.filter(kind=OrderAddress.Kind.DELIVERY).first()
    here = address.country.code if address and address.country.code in known else known[0]
    return {False: here, True: next((code for code in known if code != here), here)}


def _save(order: Order, lines, kept: Sequence[OrderLine]) -> None:
    OrderLine.objects.filter(pk__in=[line.pk for line in lines if not line.quantity]).delete()
    for line in kept:
        line.save(update_fields=["quantity", "discount", "net", "tax", "gross", "rounding"])
    order.save(update_fields=SUMS)
