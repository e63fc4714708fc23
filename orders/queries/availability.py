"""How many pieces a cart may still have.

Pieces of one line leave from one place, so the fullest place counts, as in `catalog.actions.stock.reserve`.
"""

from django.db.models import Aggregate, F, IntegerField, Max, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from catalog.models import StockLevel
from orders.models import CartLine, Order, Reservation


def with_free(lines: QuerySet[CartLine]) -> QuerySet[CartLine]:
    """Each line with `free`: pieces on the shelf that nobody else holds.

    What the cart's own pending order holds is free for this cart: whoever comes back from the payment page must not be
    told that somebody (himself) bought the last piece.
    """
    shelf = StockLevel.objects.filter(variant=OuterRef("variant")).order_by()
    own = Reservation.objects.filter(
        status=Reservation.Status.HELD,
        line__variant=OuterRef("variant"),
        line__order__cart=OuterRef("cart"),
        line__order__status=Order.Status.PENDING,
    ).order_by()
    return lines.annotate(
        free=_one(shelf.values("variant"), Max(F("on_hand") - F("reserved")))
        + _one(own.values("line__variant"), Sum("quantity"))
    )


def free_for(cart, variant) -> int | None:
    """Pieces of a variant that the cart may have; None when the variant is not counted."""
    if not variant.tracks_stock:
        return None
    shelf = StockLevel.objects.filter(variant=variant).aggregate(free=Max(F("on_hand") - F("reserved")))["free"]
    own = Reservation.objects.filter(
        status=Reservation.Status.HELD,
        line__variant=variant,
        line__order__cart=cart,
        line__order__status=Order.Status.PENDING,
    ).aggregate(held=Sum("quantity"))["held"]
    return (shelf or 0) + (own or 0)


def _one(rows: QuerySet, value: Aggregate) -> Coalesce:
    summed = rows.annotate(value=value).values("value")
    return Coalesce(Subquery(summed, output_field=IntegerField()), Value(0))
