"""What to show somebody next: what others bought together with his goods, then what is wanted most."""

from collections.abc import Collection
from itertools import chain

from django.db.models import Count

from catalog.models import Listing
from orders.models import OrderLine

# The newest orders with one of his goods tell enough, however long the shop has been open.
ORDERS = 500


def recommended(number: int, seeds: Collection[int], without: Collection[int] = ()) -> list[int]:
    """Products in stock, at most so many, the best first. `seeds` are products he looked at, wants or owns.

    None of the seeds and none of `without` is among them.
    """
    hidden = {*seeds, *without}
    found: dict[int, None] = {}
    for product in chain(_together(number, seeds, hidden), _wanted(number, hidden)):
        found.setdefault(product)
        if len(found) == number:
            break
    return list(found)


def _together(number: int, seeds: Collection[int], hidden: set[int]):
    if not seeds:
        return
    orders = OrderLine.objects.filter(variant__product__in=seeds).order_by("-order_id").values_list("order_id")[:ORDERS]
    lines = OrderLine.objects.filter(order_id__in=[pk for (pk,) in orders]).exclude(variant__product__in=hidden)
    counted = lines.values_list("variant__product").annotate(times=Count("order", distinct=True))
    best = [product for product, _times in counted.order_by("-times", "-variant__product")[: number * 4] if product]
    listed = set(Listing.objects.filter(product__in=best, in_stock=True).values_list("product", flat=True))
    yield from (product for product in best if product in listed)


def _wanted(number: int, hidden: set[int]):
    rows = Listing.objects.filter(in_stock=True).order_by("-popularity", "-product")
    # A few more than are shown: those that are hidden are left out here, not by the database, which walks an index.
    for product in rows.values_list("product", flat=True)[: number + len(hidden)]:
        if product not in hidden:
            yield product
