"""What the till announces, in the past tense.

Every signal carries `order_id` and is sent once the change is committed. Two are sent within the transaction instead,
for who keeps a record that must be there if, and only if, the change is: a listener writes one row and asks nothing.
`order_noted` carries the `order`, the `news` (one of the others, or `order_begun`), its `moment`, and a `key` and an
`amount` in minor units where money went back. `cart_noted` carries the `cart`, the `line`, its `variant` or None, how
many `pieces` came (below zero: went) and the `moment`.
"""

from django.dispatch import Signal

order_noted = Signal()
cart_noted = Signal()

# An order is written that waits for its money; only `order_noted` tells of it.
order_begun = Signal()
order_placed = Signal()
order_paid = Signal()
parcel_sent = Signal()
# With the last parcel.
order_shipped = Signal()
order_changed = Signal()
# The parcels arrived; only `order_noted` tells of it.
order_delivered = Signal()
order_cancelled = Signal()
order_refunded = Signal()
