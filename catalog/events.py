"""What the shelves announce. The first three carry `product_ids`; `covered_changed`: a sale covers them or no longer.

`category_removed` carries `category_id` and `into_id`, where everything in it went, or None when it was empty. It is
said while both are still there, in the transaction that deletes it.
"""

from django.dispatch import Signal

stock_changed = Signal()
product_changed = Signal()
covered_changed = Signal()
category_removed = Signal()
