"""How many may be had."""

from collections.abc import Iterable

from django.db.models import F, Max

from catalog.models import Variant


def available(variant_ids: Iterable[int]) -> dict[int, int | None]:
    """How many pieces of each variant may be reserved at once; None where no stock is counted. One query.

    The most that one place holds: a reservation is taken from a single place. Variants that are gone are left out.
    """
    free = Max(F("levels__on_hand") - F("levels__reserved"))
    rows = Variant.objects.filter(pk__in=variant_ids).annotate(free=free)
    return {
        pk: (max(free or 0, 0) if counted else None)
        for pk, counted, free in rows.values_list("pk", "tracks_stock", "free")
    }
