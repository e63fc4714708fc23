"""Orders as the writing desk meets them."""

from itertools import count

from orders.models import Order
from tests.marketing.conftest import ADA, NOW

_numbers = count(1)


def make_order(status: str = "placed", placed_at=None, email: str = ADA, **fields) -> Order:
    """An order of 49.00; placed ones get a number and a date."""
    if status == Order.Status.PLACED:
        fields |= {"number": f"V-{next(_numbers)}", "placed_at": placed_at or NOW}
    return Order.objects.create(
        status=status,
        email=email,
        currency="EUR",
        goods_total=4900,
        net_total=4050,
        tax_total=850,
        total=4900,
        **fields,
    )
