"""What the guest book announces, inside the transaction of what happened: what stops a message must stop it with it.

`consent_changed` carries the new `consent` row, `address_barred` the `email` and the `reason`.
"""

from django.dispatch import Signal

consent_changed = Signal()
address_barred = Signal()
