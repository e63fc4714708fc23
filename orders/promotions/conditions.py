"""Whether a promotion is to be had at all. All is asked of the basket as it is priced, before anything is taken off,
so that no promotion takes another one's conditions away."""

from orders.models.promotion import Promotion
from orders.promotions.basket import Basket
from orders.promotions.outcome import Reason, Refused
from orders.promotions.rules import Benefit, Rule, Standing, Target
from orders.promotions.shelf import Shelf


def why_not(rule: Rule, shelf: Shelf, standing: Standing, covered: list[int], drafts: bool = False) -> Refused | None:
    """The first condition that is not met; None when all are. `covered` are the places of the goods it is about."""
    basket = shelf.basket
    reason = (
        _of_time(rule, basket, drafts)
        or _of_buyer(rule, basket)
        or _of_money(rule, basket)
        or standing.closed.get(rule.pk)
        or _of_delivery(rule, basket)
    )
    if reason:
        return Refused(rule, Reason(reason), code=basket.codes.get(rule.pk, ""))
    return _of_goods(rule, shelf, covered)


def _of_time(rule: Rule, basket: Basket, drafts: bool) -> Reason | None:
    if not (rule.is_active or drafts):
        return Reason.DRAFT
    if rule.starts_at and basket.at < rule.starts_at:
        return Reason.NOT_YET
    if rule.ends_at and basket.at >= rule.ends_at:
        return Reason.OVER
    if rule.weekdays and str(basket.at.weekday()) not in rule.weekdays:
        return Reason.WEEKDAY
    return None


def _of_buyer(rule: Rule, basket: Basket) -> Reason | None:
    if rule.needs_code and rule.pk not in basket.codes:
        return Reason.NEEDS_CODE
    if rule.groups and basket.group not in rule.groups:
        return Reason.GROUP
    if rule.segment and rule.segment not in basket.segments:
        return Reason.SEGMENT
    # Who is not known yet may well be new; nobody is believed to have ordered before.
    if rule.nth_order and rule.nth_order != (basket.orders_before or 0) + 1:
        return Reason.NTH_ORDER
    if rule.countries and basket.country not in rule.countries:
        return Reason.COUNTRY
    return None


def _of_money(rule: Rule, basket: Basket) -> Reason | None:
    """Nothing is converted: what is said in other currencies only is not offered in this one."""
    here = rule.in_currency(basket.currency)
    lacking = (
        (rule.benefit in Promotion.NEED_AMOUNT and here.amount is None)
        or (rule.has_min_value and here.min_value is None)
        or (rule.has_budget and here.budget is None)
    )
    return Reason.CURRENCY if lacking else None


def _of_delivery(rule: Rule, basket: Basket) -> Reason | None:
    if rule.target != Target.SHIPPING:
        return None
    if basket.delivery is None:
        return Reason.NO_DELIVERY
    return Reason.METHOD if rule.methods and basket.method not in rule.methods else None


def _of_goods(rule: Rule, shelf: Shelf, covered: list[int]) -> Refused | None:
    def refuse(reason: Reason, missing: int = 0) -> Refused:
        return Refused(rule, reason, missing, code=shelf.basket.codes.get(rule.pk, ""))

    if not covered:
        return refuse(Reason.NO_GOODS)
    pieces = sum(map(shelf.numbers.__getitem__, covered))
    needed = max(rule.min_quantity or 1, _pieces_of_a_set(rule))
    if pieces < needed:
        return refuse(Reason.TOO_FEW, needed - pieces)
    value = sum(map(shelf.full.__getitem__, covered))
    least = rule.in_currency(shelf.basket.currency).min_value or 0
    if value < least:
        return refuse(Reason.TOO_LITTLE, least - value)
    if rule.benefit == Benefit.GIFT and not shelf.rewards(rule):
        return refuse(Reason.GIFT_IS_MISSING)
    if rule.rewards and rule.benefit == Benefit.BUY_GET:
        return None if shelf.rewards(rule) else refuse(Reason.TOO_FEW, 1)
    return None


def _pieces_of_a_set(rule: Rule) -> int:
    if rule.benefit == Benefit.BUNDLE:
        return rule.buy_quantity or 1
    if rule.benefit != Benefit.BUY_GET:
        return 1
    return (rule.buy_quantity or 1) + (0 if rule.rewards else rule.get_quantity or 1)
