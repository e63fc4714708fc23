"""What guests left behind and nobody can reach any more, a little each night."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from orders.models import CartLink, Wish, WishList

# The cookie of a guest lives a year from the last time he used it.
KEPT = timedelta(days=400)
# A link that is over is of interest for a while: how often it was taken over.
LINKS_KEPT = timedelta(days=180)
BATCH = 2000


def clear(now: datetime) -> int:
    """Delete lists that a guest has not added to for more than a year, and cart links long over; returns how many."""
    lately = Wish.objects.filter(wish_list=OuterRef("pk"), added_at__gt=now - KEPT)
    left = WishList.objects.filter(~Exists(lately), holder__isnull=False, created_at__lte=now - KEPT)
    over = CartLink.objects.filter(expires_at__lte=now - LINKS_KEPT)
    number = 0
    for rows in (left, over):
        keys = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
        rows.model.objects.filter(pk__in=keys).delete()
        number += len(keys)
    return number
