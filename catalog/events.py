"""What the shelves announce; each carries `product_ids`. `covered_changed`: a sale covers them now, or no longer."""

from django.dispatch import Signal

stock_changed = Signal()
product_changed = Signal()
covered_changed = Signal()
