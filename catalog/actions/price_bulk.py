"""Changing the prices of many goods at once, and taking it back."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from catalog.actions import listing
from catalog.actions.pricing import Cause
from catalog.models import PriceChange, Variant
from catalog.money import digits


@dataclass(frozen=True, slots=True)
class Step:
    """A variant with its price before and after, in minor units of the shop's currency."""

    variant: int
    was: int
    price: int


#: How the new price is rounded: to the nearest amount with this ending, in hundredths of a whole unit.
ENDINGS = {"": None, "00": 0, "50": 50, "90": 90, "95": 95, "99": 99}


def rounded(price: Decimal, ending: str) -> int:
    """Whole minor units, or the nearest price with that ending (`90`: 12.90); never below zero, never 0 for a price.

    Endings are for currencies with two decimals; in others it is rounded to whole minor units.
    """
    wanted = ENDINGS.get(ending)
    if wanted is None or digits(settings.SHOP_CURRENCY) != 2:
        return max(0, int(price.quantize(Decimal(1), ROUND_HALF_UP)))
    whole = int(((price - wanted) / 100).quantize(Decimal(1), ROUND_HALF_UP))
    nearest = whole * 100 + wanted
    return nearest if nearest > 0 else wanted or 100


def plan(variants: Iterable[Variant], percent: Decimal, ending: str = "") -> list[Step]:
    """What would become of these prices; those that stay are left out, as are goods that cost nothing."""
    steps = [
        Step(row.pk, row.price, rounded(Decimal(row.price) * (100 + percent) / 100, ending))
        for row in variants
        if row.price
    ]
    return [step for step in steps if step.price != step.was]


@transaction.atomic
def apply(steps: Iterable[Step], actor: str = "") -> list[Step]:
    """Set the prices, of those variants whose price is still the one that was looked at; return what was set.

    A former price that is no longer higher is dropped. Lists and history follow.
    """
    steps = {step.variant: step for step in steps}
    rows = Variant.objects.select_for_update().filter(pk__in=steps).order_by("pk")
    done = []
    for row in rows:
        step = steps[row.pk]
        if row.price != step.was:
            continue
        row.price = step.price
        if row.compare_at_price is not None and row.compare_at_price <= row.price:
            row.compare_at_price = None
        done.append((row, step))
    Variant.objects.bulk_update([row for row, _ in done], ["price", "compare_at_price"], batch_size=500)
    cause = Cause(PriceChange.Reason.BULK, actor)
    listing.refresh({row.product_id for row, _ in done}, timezone.now(), cause)
    return [step for _, step in done]


def undo(steps: Iterable[Step], actor: str = "") -> list[Step]:
    """The prices from before, where nobody has changed them since; former prices that were dropped stay so."""
    return apply([Step(step.variant, step.price, step.was) for step in steps], actor)
