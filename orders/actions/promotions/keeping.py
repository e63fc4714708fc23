"""What follows when a promotion was changed, and copying one."""

from django.db import transaction

from catalog import revision
from orders.actions.promotions.claiming import used_before
from orders.models import Promotion, PromotionTally
from orders.promotions.tallies import ALL, MONEY, Buyer

# Which goods it is for; all when none of these says anything.
GOODS = ("products", "categories", "brands", "collections")
LINKED = ("products", "categories", "brands", "collections", "rewards", "groups", "delivery_methods")


@transaction.atomic
def changed(promotion: Promotion) -> None:
    """Call after a promotion was saved or made: carts read it anew, and its limits count what was used before."""
    revision.renew()
    # Codes keep their own tallies; what is counted by day and by buyer begins anew with what the uses say.
    PromotionTally.objects.filter(promotion=promotion).exclude(key__startswith="code:").delete()
    keys: set[str] = set()
    if promotion.limit_total is not None:
        keys.add(ALL)
    uses = promotion.uses.filter(released_at__isnull=True).order_by()
    if promotion.limit_per_day is not None:
        keys |= {f"day:{day.isoformat()}" for day in uses.values_list("day", flat=True).distinct()}
    if promotion.budget is not None or promotion.amounts.exclude(budget=None).exists():
        keys |= {f"{MONEY}{currency}" for currency in uses.values_list("currency", flat=True).distinct()}
    counted = {key: used_before(promotion.pk, key) for key in keys}
    if promotion.limit_per_customer is not None or promotion.nth_order:
        for email, customer in uses.values_list("email", "customer_id"):
            for key in Buyer(email, customer).tally_keys():
                counted[key] = counted.get(key, 0) + 1
    rows = [PromotionTally(promotion=promotion, key=key, used=used) for key, used in sorted(counted.items())]
    PromotionTally.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def leave_category(category_id: int, into_id: int | None) -> None:
    """The category is about to go: promotions that name it name the one that takes its goods.

    Without one, a promotion that was for this category alone becomes a draft: for nothing must not mean for everything.
    """
    for promotion in Promotion.objects.filter(categories=category_id):
        promotion.categories.remove(category_id)
        if into_id:
            promotion.categories.add(into_id)
        elif not any(getattr(promotion, name).exists() for name in GOODS):
            Promotion.objects.filter(pk=promotion.pk).update(is_active=False)
        changed(promotion)


@transaction.atomic
def duplicate(promotion: Promotion) -> Promotion:
    """A draft like it, with all conditions and amounts but without its codes and uses."""
    linked = {name: list(getattr(promotion, name).all()) for name in LINKED}
    amounts = list(promotion.amounts.all())
    copy = Promotion.objects.get(pk=promotion.pk)
    copy.pk, copy.is_active, copy._state.adding = None, False, True
    copy.save()
    for name, things in linked.items():
        getattr(copy, name).set(things)
    for row in amounts:
        row.pk, row.promotion, row._state.adding = None, copy, True
        row.save()
    changed(copy)
    return copy
