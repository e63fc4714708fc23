"""A parcel leaves only once its money is here: what a card holds is taken first, then it goes."""

from orders.actions import payments, shipping
from orders.models import Order, Shipment


def dispatch(order: Order, **parcel) -> Shipment:
    """`shipping.ship`, and before it, outside of any transaction, the money that a card holds for the order.

    Nothing is taken where the parcel could not leave anyway. Raises what `ship` raises, payments.NotTaken and
    payments.PaymentUnavailable; the parcel stays here then. A parcel that somebody else sent meanwhile is told as such.
    """
    try:
        return shipping.ship(order, **parcel)
    except shipping.NotCaptured:
        payments.capture(order, parcel.get("actor"), parcel.get("now"))
    return shipping.ship(order, **parcel)
