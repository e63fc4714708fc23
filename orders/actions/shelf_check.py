"""Do the books agree? The ledger of each level adds up to what is on hand, and what orders hold to what is reserved."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, IntegerField, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from catalog.models import StockLevel, StockMovement
from orders.models import Reservation, ShelfCheck

LEDGER, HOLDS = "ledger", "holds"
# A report is for people.
MOST = 500


def check(now: datetime, mend: bool = False) -> ShelfCheck:
    """Compare every level and write down what does not agree; with `mend` put it right.

    What is on hand is believed: the ledger gets an entry that explains it. What orders hold is believed: it is what is
    reserved then. A level that cannot be put right so (more held than may be) is left as it is.
    """
    drifts, mended = [], bool(mend)
    for level in _drifting():
        for what, stored, counted in _faults(level):
            drifts.append(
                {"sku": level.variant.sku, "place": level.location.name, "what": what}
                | {"stored": stored, "counted": counted}
            )
        if mend:
            mended &= _mend(level.pk)
    return ShelfCheck.objects.create(
        checked_at=now, levels=StockLevel.objects.count(), drifts=drifts[:MOST], mended=mended and bool(drifts)
    )


def _drifting():
    levels = _counted(StockLevel.objects.all())
    wrong = levels.exclude(ledger=F("on_hand"), holds=F("reserved"))
    return wrong.select_related("variant", "location").order_by("variant_id", "pk")


def _counted(levels):
    entries = StockMovement.objects.filter(level=OuterRef("pk")).order_by()
    held = Reservation.objects.filter(level=OuterRef("pk"), status=Reservation.Status.HELD).order_by()
    return levels.annotate(
        ledger=_sum(entries.values("level").annotate(sum=Sum("delta"))),
        holds=_sum(held.values("level").annotate(sum=Sum("quantity"))),
    )


def _sum(rows) -> Coalesce:
    return Coalesce(Subquery(rows.values("sum"), output_field=IntegerField()), Value(0))


def _faults(level):
    if level.ledger != level.on_hand:
        yield LEDGER, level.on_hand, level.ledger
    if level.holds != level.reserved:
        yield HOLDS, level.reserved, level.holds


@transaction.atomic
def _mend(pk: int) -> bool:
    """Under the level's lock, as it is now: what was in the middle of happening is no fault."""
    StockLevel.objects.select_for_update().get(pk=pk)
    level = _counted(StockLevel.objects.filter(pk=pk)).get()
    if level.on_hand != level.ledger:
        StockMovement.objects.create(
            level_id=pk,
            delta=level.on_hand - level.ledger,
            on_hand_after=level.on_hand,
            reason=StockMovement.Reason.CORRECTED,
            document="check",
            note="The ledger did not add up.",
        )
    if level.holds == level.reserved:
        return True
    room = StockLevel.objects.filter(pk=pk, on_hand__gte=level.holds - F("back_order"))
    return bool(room.update(reserved=level.holds))
