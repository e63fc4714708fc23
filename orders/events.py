"""What the till announces, in the past tense. Every signal carries `order_id`."""

from django.dispatch import Signal

order_placed = Signal()
order_paid = Signal()
parcel_sent = Signal()
# With the last parcel.
order_shipped = Signal()
order_changed = Signal()
order_cancelled = Signal()
order_refunded = Signal()
