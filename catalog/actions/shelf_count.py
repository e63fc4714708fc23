"""What a person at the shelf tells us, on the strength of the number he had before his eyes."""

from django.db import transaction

from catalog.actions import stock
from catalog.models import StockLevel


class Moved(Exception):
    """The level is not what the person saw; `on_hand` is what it is. A form sent twice ends here too."""

    def __init__(self, on_hand: int) -> None:
        super().__init__(on_hand)
        self.on_hand = on_hand


@transaction.atomic
def count(level: StockLevel, seen: int, on_hand: int, reason: str, note: str = "", actor: str = "") -> int:
    """Set the level to what was counted; returns the difference. Raises Moved, stock.HeldForOrders."""
    level = _as_seen(level, seen)
    words = {"reason": reason, "note": note, "actor": actor}
    return stock.count(level.variant, on_hand=on_hand, location=level.location, **words)


@transaction.atomic
def move(level: StockLevel, seen: int, by: int, reason: str, note: str = "", actor: str = "") -> None:
    """Change the level by some pieces. Raises Moved, stock.HeldForOrders."""
    level = _as_seen(level, seen)
    stock.adjust(level.variant, by=by, location=level.location, reason=reason, note=note, actor=actor)


def _as_seen(level: StockLevel, seen: int) -> StockLevel:
    fresh = StockLevel.objects.select_for_update(of=("self",)).select_related("variant", "location").get(pk=level.pk)
    if fresh.on_hand != seen:
        raise Moved(fresh.on_hand)
    return fresh
