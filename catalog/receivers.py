"""What the shelves listen to: their own stock, so that lists say what can be had."""

from django.dispatch import receiver

from catalog import events
from catalog.actions import listing


@receiver(events.stock_changed)
def show_availability(product_ids: list[int], **kwargs: object) -> None:
    """A product sold out or came back: only that one column changes."""
    listing.refresh_availability(product_ids)


@receiver(events.covered_changed)
def work_out_prices(product_ids: list[int], **kwargs: object) -> None:
    """They joined or left a collection that is on sale."""
    listing.refresh(product_ids)
