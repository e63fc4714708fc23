"""Promotions as the engine reads them, kept while the shop stays the same."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from catalog import memo
from catalog.queries.navigation import below_each
from orders.models import Promotion
from orders.promotions import Amounts, Goods, Rule

LINKED = (
    "amounts", "products", "categories", "brands", "collections", "rewards", "groups", "delivery_methods",
)  # fmt: skip


def current(state: str, now: datetime) -> tuple[Rule, ...]:
    """All that are in use and not over, in the active language. `state` is the revision of the catalogue."""

    def work() -> tuple[Rule, ...]:
        lasting = Q(ends_at__isnull=True) | Q(ends_at__gt=now)
        return tuple(rules_of(Promotion.objects.filter(lasting, is_active=True)))

    return memo.remember(("promotions", state, get_language()), work, weight=lambda rules: 10 * len(rules) + 10)


def rules_of(promotions: QuerySet[Promotion]) -> list[Rule]:
    """Drafts too, where they are asked for. At most ten queries however many there are."""
    found = list(promotions.order_by("pk").prefetch_related(*LINKED))
    below = below_each({category.path for each in found for category in each.categories.all()})
    return [rule_of(each, below) for each in found]


def rule_of(promotion: Promotion, below: dict[str, set[int]] | None = None) -> Rule:
    if below is None:
        below = below_each({category.path for category in promotion.categories.all()})
    categories = (below.get(category.path, set()) for category in promotion.categories.all())
    return Rule(
        **{name: getattr(promotion, name) for name in COPIED},
        amounts=_amounts(promotion),
        has_min_value=promotion.min_value is not None or any(row.min_value for row in promotion.amounts.all()),
        has_budget=promotion.budget is not None or any(row.budget is not None for row in promotion.amounts.all()),
        goods=Goods(
            products=_keys(promotion.products.all()),
            categories=frozenset().union(*categories),
            brands=_keys(promotion.brands.all()),
            collections=_keys(promotion.collections.all()),
        ),
        rewards=_keys(promotion.rewards.all()),
        gift=promotion.gift_id,
        groups=frozenset(group.code for group in promotion.groups.all()),
        countries=frozenset(country.code for country in promotion.countries),
        methods=_keys(promotion.delivery_methods.all()),
        combines=frozenset(target for target in Promotion.Target.values if getattr(promotion, f"combines_{target}")),
    )


COPIED = (
    "pk", "name", "benefit", "is_active", "needs_code", "starts_at", "ends_at", "weekdays", "percent", "buy_quantity",
    "get_quantity", "most_times", "leaves_out_reduced", "min_quantity", "segment", "nth_order", "lane", "priority",
    "limit_total", "limit_per_customer", "limit_per_day",
)  # fmt: skip


def _amounts(promotion: Promotion) -> dict[str, Amounts]:
    rows = {row.currency: Amounts(row.amount, row.min_value, row.budget) for row in promotion.amounts.all()}
    own = Amounts(promotion.amount, promotion.min_value, promotion.budget)
    return {**rows, settings.SHOP_CURRENCY: own}


def _keys(rows) -> frozenset[int]:
    return frozenset(row.pk for row in rows)
