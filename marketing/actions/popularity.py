"""Which goods are wanted: counted every night from what was looked at and bought."""

from collections import Counter
from datetime import datetime, timedelta

from django.db.models import Count, Sum

from catalog.actions import listing
from catalog.models import Product
from marketing.models import Event
from orders.models import Order, OrderLine

WINDOW = timedelta(days=60)
# A purchase says as much as twenty looks.
WEIGHT_OF_A_PIECE = 20
BATCH = 500


def refresh(now: datetime) -> int:
    """Bring `Product.popularity` and the lists up to date; returns how many products changed their place."""
    sold = _sold(now - WINDOW)
    scores = _scores(now - WINDOW, sold)
    changed = [
        Product(pk=pk, popularity=scores[pk], sold_lately=sold[pk])
        for pk, *known in Product.objects.values_list("pk", "popularity", "sold_lately").iterator()
        if known != [scores[pk], sold[pk]]
    ]
    Product.objects.bulk_update(changed, ["popularity", "sold_lately"], batch_size=BATCH)
    for start in range(0, len(changed), BATCH):
        listing.refresh([product.pk for product in changed[start : start + BATCH]])
    return len(changed)


def _scores(since: datetime, sold: Counter) -> Counter:
    scores: Counter = Counter()
    looks = Event.objects.filter(type=Event.Type.VIEWED, occurred_at__gte=since, product__isnull=False)
    for pk, times in looks.order_by().values_list("product").annotate(times=Count("pk")):
        scores[pk] += times
    for pk, pieces in sold.items():
        scores[pk] += pieces * WEIGHT_OF_A_PIECE
    return scores


def _sold(since: datetime) -> Counter:
    """Pieces of each product that were ordered since then."""
    lines = OrderLine.objects.filter(
        order__status=Order.Status.PLACED, order__placed_at__gte=since, variant__isnull=False
    )
    return Counter(dict(lines.order_by().values_list("variant__product").annotate(pieces=Sum("quantity"))))
