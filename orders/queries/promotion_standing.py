"""What is used up of the promotions that a basket might get: codes, limits, budgets."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import Q

from orders.models import Cart, Order, PromotionCode, PromotionTally, PromotionUse
from orders.promotions import Reason, Rule, Standing
from orders.promotions.tallies import ALL, MONEY, Buyer, Limit, Opened, limits_of


def opened_by(keys: Collection[str]) -> list[Opened]:
    """What these codes open, in the order given; those that are unknown or no longer valid are left out."""
    if not keys:
        return []
    rows = PromotionCode.objects.filter(key__in=keys, is_active=True)
    found = {key: Opened(key, *rest) for key, *rest in rows.values_list("key", "code", "promotion_id", "limit")}
    return [found[key] for key in keys if key in found]


def standing(
    rules: Iterable[Rule], opened: Mapping[int, Opened], buyer: Buyer, day: date, currency: str, cart: Cart | None
) -> Standing:
    """Of the rules that are counted. What an order of this very cart holds that waits for its card is not against it.

    One query, none where nothing is counted; a second one where something is used up.
    """
    asked = {rule.pk: list(limits_of(rule, buyer, day, currency, 0, opened.get(rule.pk))) for rule in rules}
    asked = {pk: limits for pk, limits in asked.items() if limits}
    if not asked:
        return Standing()
    used = _used(asked)
    closed = _closed(asked, used)
    if closed or any(limit.reason == Reason.BUDGET for limits in asked.values() for limit in limits):
        own = _own_uses(cart) if used else []
        for use in own:
            for key in (ALL, f"day:{use.day}", f"code:{use.code_key}", *buyer.tally_keys()):
                used[use.promotion_id, key] -= 1
            used[use.promotion_id, f"{MONEY}{use.currency}"] -= use.amount
        closed = _closed(asked, used) if own else closed
    left = {
        pk: max(0, limit.most - used[pk, limit.key])
        for pk, limits in asked.items()
        for limit in limits
        if limit.reason == Reason.BUDGET
    }
    return Standing(closed, left)


def _used(asked: Mapping[int, list[Limit]]) -> Counter:
    keys = {limit.key for limits in asked.values() for limit in limits}
    rows = PromotionTally.objects.filter(promotion__in=asked, key__in=keys)
    return Counter({(pk, key): used for pk, key, used in rows.values_list("promotion_id", "key", "used")})


def _closed(asked: Mapping[int, list[Limit]], used: Counter) -> dict[int, str]:
    return {
        pk: limit.reason for pk, limits in asked.items() for limit in limits[::-1] if used[pk, limit.key] >= limit.most
    }


def _own_uses(cart: Cart | None) -> list[PromotionUse]:
    if cart is None or cart.pk is None:
        return []
    pending = Q(order__cart=cart, order__status=Order.Status.PENDING)
    return list(PromotionUse.objects.filter(pending, released_at__isnull=True))


def orders_before(buyer: Buyer, most: int) -> int | None:
    """How many orders he has placed, counted up to so many; None for somebody unknown. One query."""
    who = Q()
    if buyer.email:
        who |= Q(email=buyer.email)
    if buyer.customer:
        who |= Q(customer=buyer.customer)
    return len(Order.objects.placed().filter(who).order_by().values_list("pk")[:most]) if who else None
