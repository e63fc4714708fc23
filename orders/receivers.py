"""What the till listens to: promotions follow the goods of a category that is given up."""

from django.dispatch import receiver

from catalog import events
from orders.actions import promotions


@receiver(events.category_removed)
def follow_goods(category_id: int, into_id: int | None, **kwargs: object) -> None:
    promotions.leave_category(category_id, into_id)
