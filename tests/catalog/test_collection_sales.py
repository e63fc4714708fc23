"""Sales of collections: whoever joins becomes cheaper, whoever leaves costs what it did."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog import rules
from catalog.actions import addresses, collections, listing, pricing
from catalog.actions.collections import picks
from catalog.models import Collection, Listing, Sale
from tests.catalog.shelf import listed

pytestmark = pytest.mark.django_db
CHEAP = {"match": "all", "parts": [{"field": "price", "operator": "at-least", "value": 900}]}
STOCKED = {"match": "all", "parts": [{"field": "stock", "operator": "is", "value": True}]}


@pytest.fixture
def settled(django_capture_on_commit_callbacks):
    def settle(work, *args) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            work(*args)

    return settle


@pytest.fixture
def group(db):
    return Collection.objects.create(name="Winter", slug="winter")


@pytest.fixture
def sale(group):
    sale = Sale.objects.create(name="Winter", percent=20, starts_at=timezone.now() - timedelta(days=1))
    sale.collections.add(group)
    return sale


def price_of(product) -> int:
    return Listing.objects.get(product=product).price_min


def test_goods_that_join_become_cheaper_and_those_that_leave_do_not_stay_so(settled, sale, group):
    cup = listed("Cup", price=1000)

    settled(picks.pick, group, [cup.pk])
    assert price_of(cup) == 800
    assert list(pricing.products_of(sale)) == [cup]

    settled(picks.let_go, group, [cup.pk])
    assert price_of(cup) == 1000


def test_a_rule_lets_in_and_out_too(settled, sale, group):
    cup = listed("Cup", price=1000)

    collections.save_rule(group, rules.read(STOCKED))
    settled(collections.rebuild, group)
    assert price_of(cup) == 800

    cup.variants.get().levels.update(on_hand=0)
    settled(listing.refresh, [cup.pk])
    assert price_of(cup) == 1000


def test_a_rule_about_prices_does_not_chase_its_own_tail(settled, sale, group):
    cup, pot = listed("Cup", price=1000), listed("Pot", price=1000)

    collections.save_rule(group, rules.read(CHEAP))
    settled(collections.rebuild, group)
    settled(picks.pick, group, [pot.pk])

    assert (price_of(cup), price_of(pot)) == (1000, 800)
    assert list(pricing.products_of(sale)) == [pot]


def test_the_old_address_of_a_collection_leads_to_the_new_one(client, group):
    group.slug = "deep-winter"
    group.save()
    addresses.left(group, "winter")

    moved = client.get(reverse("collection", args=["winter"]))

    assert moved.status_code == 301 and moved["Location"].endswith("/deep-winter/")
    assert client.get(reverse("collection", args=["never"])).status_code == 404


def test_a_hidden_collection_is_not_led_to(client, group):
    Collection.objects.filter(pk=group.pk).update(slug="deep-winter", is_public=False)
    group.refresh_from_db()
    addresses.left(group, "winter")

    assert client.get(reverse("collection", args=["winter"])).status_code == 404
