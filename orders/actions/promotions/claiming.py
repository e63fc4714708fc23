"""Counting uses against limits, in the transaction of the order: all of a promotion, or none.

Only what has a limit is counted, so that a promotion without one makes nobody wait. Tallies are moved by conditional
updates, promotion by promotion and key by key in a fixed order.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, Sum
from django.utils.timezone import localdate

from orders.models import Order, OrderLine, Promotion, PromotionTally, PromotionUse
from orders.promotions.tallies import ALL, CODE, MONEY, Buyer, Limit, Opened, day_key, limits_of
from orders.queries.promotion_rules import rule_of
from orders.queries.summary import Summary


class UsedUp(Exception):
    """A limit was reached meanwhile; `promotion` is the key of the promotion."""

    def __init__(self, promotion: int) -> None:
        super().__init__(promotion)
        self.promotion = promotion


def claim(order: Order, summary: Summary, lines: Iterable[OrderLine], now: datetime) -> None:
    """Write down what each promotion takes off the order, and count it. Raises UsedUp; the caller rolls back then."""
    if not summary.outcome.applied:
        return
    keys = {line.pk: written.pk for (line, _row), written in zip(summary.priced_lines(), lines, strict=True)}
    buyer = Buyer(order.email, order.customer_id)
    opened, day, uses = summary.promoter.opened, localdate(now), {}
    for applied in sorted(summary.outcome.applied, key=lambda one: one.rule.pk):
        rule, code = applied.rule, opened.get(applied.rule.pk) if applied.code else None
        _count(rule.pk, limits_of(rule, buyer, day, order.currency, applied.amount, code))
        use = PromotionUse(
            promotion_id=rule.pk,
            order=order,
            name=rule.name,
            code=applied.code,
            code_key=code.key if code else "",
            amount=applied.amount,
            delivery_amount=applied.delivery,
            currency=order.currency,
            parts=[[keys[key], amount] for key, amount in sorted(applied.parts.items())],
            email=order.email,
            customer_id=order.customer_id,
            day=day,
            created_at=now,
        )
        uses[rule.pk] = use
    # Written in the order in which they were taken off: so they are read.
    PromotionUse.objects.bulk_create(uses[applied.rule.pk] for applied in summary.outcome.applied)


def release(order: Order, now: datetime) -> None:
    """The order is called off: what it used may be used again. Once, however often it is called."""
    for use in _uses(order).filter(released_at__isnull=True).select_for_update():
        PromotionUse.objects.filter(pk=use.pk).update(released_at=now)
        for key, step in _steps(use):
            counted = PromotionTally.objects.filter(promotion=use.promotion_id, key=key, used__gte=step)
            counted.update(used=F("used") - step)


def claim_again(order: Order) -> None:
    """The order came back to life. Raises UsedUp when somebody else has used it meanwhile."""
    for use in _uses(order).filter(released_at__isnull=False).select_for_update():
        promotion = Promotion.objects.get(pk=use.promotion_id)
        code = promotion.codes.filter(key=use.code_key).first() if use.code_key else None
        opened = Opened(code.key, code.code, promotion.pk, code.limit) if code else None
        buyer = Buyer(use.email, use.customer_id)
        _count(promotion.pk, limits_of(rule_of(promotion), buyer, use.day, use.currency, use.amount, opened))
        PromotionUse.objects.filter(pk=use.pk).update(released_at=None)


def _uses(order: Order):
    return PromotionUse.objects.filter(order=order).order_by("promotion_id")


def _steps(use: PromotionUse) -> list[tuple[str, int]]:
    """Every key under which the use may be counted, in the order in which everybody moves them."""
    single = [ALL, day_key(use.day), *Buyer(use.email, use.customer_id).tally_keys()]
    single += [f"{CODE}{use.code_key}"] if use.code_key else []
    return sorted([*((key, 1) for key in single), (f"{MONEY}{use.currency}", use.amount)])


def _count(promotion: int, limits: Iterable[Limit]) -> None:
    for limit in sorted(limits, key=lambda one: one.key):
        if not (_move(promotion, limit) or (_begin(promotion, limit) and _move(promotion, limit))):
            raise UsedUp(promotion)


def _move(promotion: int, limit: Limit) -> int:
    fits = PromotionTally.objects.filter(promotion=promotion, key=limit.key, used__lte=limit.most - limit.step)
    return fits.update(used=F("used") + limit.step)


def _begin(promotion: int, limit: Limit) -> bool:
    """The first use since there is this limit: earlier ones count. False when there is a tally already."""
    if PromotionTally.objects.filter(promotion=promotion, key=limit.key).exists():
        return False
    tally = PromotionTally(promotion_id=promotion, key=limit.key, used=used_before(promotion, limit.key))
    # Two may begin in the same moment: the second waits, and then moves what the first has written.
    PromotionTally.objects.bulk_create([tally], ignore_conflicts=True)
    return True


def used_before(promotion: int, key: str) -> int:
    """What the uses that stand say of such a key."""
    uses = PromotionUse.objects.filter(promotion=promotion, released_at__isnull=True)
    name, _, value = key.partition(":")
    if name == "money":
        return uses.filter(currency=value).aggregate(sum=Sum("amount"))["sum"] or 0
    if name == "email":
        return sum(key in Buyer(email).tally_keys() for email in uses.values_list("email", flat=True))
    narrow = {"day": {"day": value}, "customer": {"customer": value}, "code": {"code_key": value}, "all": {}}[name]
    return uses.filter(**narrow).count()
