"""What the shelves announce. `stock_changed` and `product_changed` carry `product_ids`."""

from django.dispatch import Signal

stock_changed = Signal()
product_changed = Signal()
