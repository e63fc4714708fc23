"""Many prices at once, and back."""

from decimal import Decimal

import pytest
from django.core.cache import cache

from catalog.actions import listing, price_bulk
from catalog.models import PriceChange, Variant
from tests.makers import make_customer, make_variant

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("price", "ending", "found"),
    [("1283.4", "", 1283), ("1283.5", "", 1284), ("1283", "90", 1290), ("1245", "90", 1290), ("1239", "90", 1190),
     ("1283", "00", 1300), ("12", "90", 90), ("12", "00", 100), ("1283", "95", 1295)],
)  # fmt: skip
def test_prices_are_rounded_to_an_ending(price, ending, found):
    assert price_bulk.rounded(Decimal(price), ending) == found


def test_prices_change_and_come_back_and_history_says_by_whom():
    variant, other = make_variant(price=9000, compare_at_price=9500), make_variant(price=4000)
    listing.refresh([variant.product_id, other.product_id])

    done = price_bulk.apply(price_bulk.plan([variant, other], Decimal(10), "90"), "owner@lumbre.example")

    variant.refresh_from_db()
    assert (variant.price, variant.compare_at_price) == (9890, None)
    newest = PriceChange.objects.filter(variant=other).latest("pk")
    assert (newest.price, newest.reason, newest.actor) == (4390, "bulk", "owner@lumbre.example")

    Variant.objects.filter(pk=other.pk).update(price=100)
    assert [step.variant for step in price_bulk.undo(done)] == [variant.pk]
    assert set(Variant.objects.values_list("price", flat=True)) == {9000, 100}


def test_a_price_that_somebody_else_changed_meanwhile_stays():
    variant = make_variant(price=9000)
    steps = price_bulk.plan([variant], Decimal(10))
    Variant.objects.update(price=8000)

    assert price_bulk.apply(steps) == []
    assert Variant.objects.get().price == 8000


def test_the_page_shows_before_it_does_and_offers_the_way_back(client):
    client.force_login(make_customer("owner@lumbre.example", is_staff=True, is_superuser=True))
    variant = make_variant(price=9000)
    ticked = {"action": "change_prices", "_selected_action": [variant.product_id]}
    assert "Change prices" in client.post("/admin/catalog/product/", ticked).content.decode()
    asked = {"product": [variant.product_id], "percent": "10", "ending": "90"}

    page = client.post("/admin/catalog/product/change-prices/", asked).content.decode()
    assert "€98.90" in page
    assert Variant.objects.get().price == 9000

    page = client.post("/admin/catalog/product/change-prices/", {**asked, "apply": "1"}, follow=True).content.decode()
    assert Variant.objects.get().price == 9890
    assert "0 variants" not in client.get("/admin/catalog/product/change-prices/", follow=True).content.decode()
    undo = page.split("undo/?of=")[1].split('"')[0]
    # Another worker answers, which shares no memory with the first.
    cache.clear()
    client.post("/admin/catalog/product/change-prices/undo/", {"of": undo})
    assert Variant.objects.get().price == 9000
