"""The lines of a cart as a parcel: what it weighs, what is in it, and when it can leave."""

from collections.abc import Iterable
from datetime import date

from orders.delivery import Parcel, Terms, Wait
from orders.delivery.parcel import Piece
from orders.queries.cart_lines import Line


def parcel_of(lines: Iterable[Line]) -> Parcel:
    """All goods count for the value, only what is sent for the rest."""
    lines = list(lines)
    sent = [line for line in lines if line.needs_delivery]
    return Parcel(
        value=sum(line.gross for line in lines),
        weight_g=sum(line.variant.weight_g * line.quantity for line in sent),
        number=sum(line.quantity for line in sent),
        pieces=tuple(
            Piece(line.product.pk, line.product.type_id, line.product.category_id, line.name) for line in sent
        ),
    )


def wait_of_parcel(lines: Iterable[Line], terms: Terms) -> Wait:
    """When it can leave and from where; goods that nobody counts are wherever one wants them."""
    sent = [line for line in lines if line.needs_delivery]
    every = frozenset(spot.pk for spot in terms.spots)
    counted = [line.lies_at for line in sent if line.lies_at is not None]
    senders = (next((spot.pk for spot in terms.spots if spot.pk in places), None) for places in counted)
    return Wait(
        ready_on=ready_on(sent),
        lead_days=max((line.product.lead_days or 0 for line in sent), default=0),
        spots=frozenset(pk for pk in senders if pk),
        lies_at=every.intersection(*counted),
    )


def ready_on(lines: Iterable[Line]) -> date | None:
    """The first day on which everything that is sent is there, if something is still to come."""
    return max((line.wait.day for line in lines if line.needs_delivery and line.wait and line.wait.day), default=None)
