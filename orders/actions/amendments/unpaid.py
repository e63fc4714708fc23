"""Agreeing an unpaid order anew: its lines, sums, tax and what is still to be paid are written again."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import F

from catalog.actions import picking, stock
from orders import repricing
from orders.actions import holds
from orders.actions.amendments import moving
from orders.actions.amendments.refusals import NotSold
from orders.actions.amendments.wishes import Outcome, Wish, row_of
from orders.actions.writing import line_of
from orders.models import (
    Order,
    OrderAddress,
    OrderLine,
    OrderTax,
    Payment,
    PromotionTally,
    PromotionUse,
    Reservation,
)
from orders.promotions.tallies import MONEY
from orders.queries.amended import lines_to_add
from orders.rounding import Row

SUMS = [
    "goods_total", "discount_total", "net_total", "tax_total", "total", "rounding",
    "delivery_net", "delivery_tax", "delivery_gross", "delivery_discount",
    "delivery_method", "delivery_name", "promised_from", "promised_on",
]  # fmt: skip


def change(
    order: Order, lines: Mapping[int, OrderLine], steps: Mapping[OrderLine, int], wish: Wish, now: datetime
) -> Outcome:
    """A step of `amend`. Raises stock.SoldOut, NotSold."""
    outcome = Outcome([row_of(line, step) for line, step in steps.items()])
    countries = _countries(order)
    moving.move(order, wish, outcome, now, reprices=True)
    fresh = _fresh(order, wish, now)
    _lock(steps, wish)
    for line, step in steps.items():
        if step > 0:
            holds.record_more(line, stock.reserve({line.variant_id or 0: step}))
    holds.forget_some({line: -step for line, step in steps.items() if step < 0})
    _lessen(order, steps)
    for line, step in steps.items():
        line.quantity += step
    kept = [line for line in lines.values() if line.quantity]
    priced = repricing.reprice(order, [*kept, *fresh])
    repricing.write_sums(order, [*kept, *fresh], priced)
    _save(order, lines.values(), kept)
    _add(fresh, outcome)
    OrderTax.objects.filter(order=order).delete()
    OrderTax.objects.bulk_create(repricing.taxes(order, priced, countries))
    # Of what a card holds less is taken then.
    living = Payment.objects.filter(order=order, status__in=[Payment.Status.PENDING, Payment.Status.AUTHORISED])
    living.update(amount=order.total)
    return outcome


def _lock(steps: Mapping[OrderLine, int], wish: Wish) -> None:
    """Every shelf that is touched, in the order in which everybody locks: some give, others take."""
    held = Reservation.objects.filter(line__in=list(steps)).values_list("level__variant_id", flat=True)
    wanted = {**wish.added, **{line.variant_id: step for line, step in steps.items() if step > 0 and line.variant_id}}
    needed = {need.variant_id for need in picking.needs_of(wanted)} if wanted else set()
    picking.lock_shelves({*held, *needed})


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


def _fresh(order: Order, wish: Wish, now: datetime) -> list[OrderLine]:
    """Lines for what is added, at today's prices; not written yet."""
    made = []
    for line, verdict in lines_to_add(order, wish.added, now):
        if not line.is_sold or line.asks_something or not line.needs_delivery:
            raise NotSold(line.name)
        rate = verdict.rates.get(line.product.tax_class_id, 0) if verdict.is_taxed else 0
        made.append(line_of(order, line, Row(rate, 0, 0, 0)))
    return made


def _add(fresh: Sequence[OrderLine], outcome: Outcome) -> None:
    if not fresh:
        return
    held = stock.reserve({line.variant_id: line.quantity for line in fresh})
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
