"""Stock as another system tells it: set or changed, once for each key."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from catalog.actions import stock
from catalog.models import Location, StockLevel, StockMovement, StockUpdate, Variant

Mode = StockUpdate.Mode
MOST = 10**7


class KeyMeantOther(Exception):
    """The key was used before, for another change: one of the two is a mistake."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a level had before and has now; `is_repeated`: the key was known, and nothing was done."""

    before: int
    after: int
    is_repeated: bool = False


@transaction.atomic
def apply(
    variant: Variant,
    mode: str,
    quantity: int,
    *,
    location: Location | None = None,
    key: str = "",
    document: str = "",
    actor: str = "",
) -> Outcome:
    """Set what is on hand, or change it; without a place that of the variant's first one. With a key only once.

    Raises stock.HeldForOrders, KeyMeantOther, and ValueError for a number below zero to set, or beyond ten million.
    """
    if abs(quantity) > MOST or (mode == Mode.SET and quantity < 0):
        raise ValueError(quantity)
    level = StockLevel.objects.select_for_update().get(pk=stock.level_of(variant, location).pk)
    if key and (known := _claim(key, level, mode, quantity)):
        if (known.level_id, known.mode, known.quantity) != (level.pk, mode, quantity):
            raise KeyMeantOther(key)
        return Outcome(level.on_hand, level.on_hand, is_repeated=True)
    words = {"reason": StockMovement.Reason.IMPORTED, "document": document[:80], "actor": actor[:254]}
    by = quantity - level.on_hand if mode == Mode.SET else quantity
    stock.adjust(variant, by=by, location=level.location, **words)
    after = level.on_hand + by
    if key:
        StockUpdate.objects.filter(key=key).update(on_hand_after=after)
    return Outcome(level.on_hand, after)


def _claim(key: str, level: StockLevel, mode: str, quantity: int) -> StockUpdate | None:
    """The older update with that key; None when the key is ours now."""
    try:
        with transaction.atomic():
            StockUpdate.objects.create(key=key, level=level, mode=mode, quantity=quantity)
    except IntegrityError:
        return StockUpdate.objects.get(key=key)
    return None
