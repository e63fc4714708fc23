"""Writing down what happened in the shop."""

from catalog.models import Product
from customers.models import Customer
from marketing.models import Event


def record(
    type: str,
    product: Product | int | None = None,
    customer: Customer | int | None = None,
    dedupe_key: str | None = None,
) -> None:
    """Add a fact to the log. With a `dedupe_key` the second telling of the same fact writes nothing."""
    event = Event(
        type=type,
        product_id=getattr(product, "pk", product),
        customer_id=getattr(customer, "pk", customer),
        dedupe_key=dedupe_key,
    )
    Event.objects.bulk_create([event], ignore_conflicts=dedupe_key is not None)
