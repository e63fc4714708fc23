"""Prices that are set, and worked out, by several at once. Real connections: each has a transaction of its own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, connections
from django.utils import timezone

from catalog.actions import listing, pricing
from catalog.models import EffectivePrice, Listing, PriceChange, Variant
from catalog.queries.prices import unit_price
from tests.makers import make_price_list, make_sale, make_variant

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*jobs) -> None:
    """Run these in threads that begin together; the first fault is raised."""
    start = Barrier(len(jobs))

    def run(job):
        try:
            start.wait()
            job()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        for done in [pool.submit(run, job) for job in jobs]:
            done.result()


def test_two_who_work_prices_out_at_once_write_them_once():
    variant = make_variant(price=9000)
    listing.refresh([variant.product_id])
    make_price_list({variant: 10500, (variant, 10): 9900}, currency="USD")
    make_sale(percent=20, starts_at=timezone.now() - timedelta(hours=1), covers_everything=True)

    at_once(*[lambda: listing.refresh([variant.product_id])] * 4)

    assert EffectivePrice.objects.count() == 3
    assert PriceChange.objects.filter(variant=variant, currency="EUR").count() == 2
    assert Listing.objects.get().price_min == 7200


def test_of_two_prices_that_are_set_at_once_lists_and_history_end_with_the_one_that_holds():
    variant = make_variant(price=9000, compare_at_price=9900)
    listing.refresh([variant.product_id])

    def staff_sets(price: int) -> None:
        Variant.objects.filter(pk=variant.pk).update(price=price)
        listing.refresh([variant.product_id], cause=pricing.Cause("set", f"{price}@lumbre.example"))

    at_once(*[lambda price=price: staff_sets(price) for price in (8000, 7000, 6000)])

    stored = Variant.objects.get().price
    assert unit_price(variant.pk).unit == stored
    assert Listing.objects.get().price_min == stored
    assert PriceChange.objects.filter(variant=variant).latest("pk").price == stored
    assert listing.refresh([variant.product_id]) == 0


# SQLite makes no such promise, so there is nothing to try on it: deleting rows is how it empties a table for a restore.
if connection.vendor == "postgresql":

    def test_history_cannot_be_deleted_past_the_models():
        from django.db import DatabaseError

        variant = make_variant(price=9000)
        listing.refresh([variant.product_id])

        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute("DELETE FROM catalog_pricechange")
