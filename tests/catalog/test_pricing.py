"""Effective prices, the history and the lists follow the rules; the clock only helps them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from catalog import markets
from catalog.actions import listing, price_clock, pricing
from catalog.markets import Market
from catalog.models import EffectivePrice, HistoryIsKept, Listing, MarketListing, PriceChange, Variant
from catalog.queries import lists
from catalog.queries.prices import quote, unit_price
from tests.makers import make_category, make_price_list, make_product, make_sale, make_variant

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)
EUR, USD, TRADE = Market("EUR"), Market("USD"), Market("EUR", "trade")


def stocked(price=9000, **fields) -> Variant:
    """A variant for sale whose price has been known for a long time."""
    variant = make_variant(price=price, **fields)
    listing.refresh([variant.product_id], NOW - 90 * DAY)
    return variant


def follow(*variants: Variant, now=NOW) -> None:
    listing.refresh([variant.product_id for variant in variants], now)


def cost(variant, market=EUR, quantity=1, now=NOW):
    found = unit_price(variant.pk, quantity, market, now)
    return found and found.unit


def told(variant) -> list[tuple]:
    rows = PriceChange.objects.filter(variant=variant).order_by("at", "pk")
    return [((row.at - NOW).days, row.price, row.compare_at, row.reason) for row in rows]


def test_a_variant_that_costs_what_it_says_needs_no_row():
    variant = stocked()

    assert not EffectivePrice.objects.exists()
    assert cost(variant) == 9000
    assert cost(variant, USD) is None


def test_a_sale_changes_cart_and_list_and_is_over_by_itself():
    variant = stocked()
    make_sale(percent=20, starts_at=NOW, ends_at=NOW + 7 * DAY, covers_everything=True)

    follow(variant)

    found = unit_price(variant.pk, 1, EUR, NOW)
    assert (found.unit, found.compare_at, found.lowest) == (7200, 9000, 9000)
    row = Listing.objects.get()
    assert (row.price_min, row.compare_at, row.lowest) == (7200, 9000, 9000)
    # No clock has run: what is charged follows the time all the same.
    assert cost(variant, now=NOW + 7 * DAY) == 9000
    assert price_clock.refresh_due(NOW + 7 * DAY) == 1
    assert Listing.objects.get().price_min == 9000
    assert not EffectivePrice.objects.exists()


def test_a_sale_of_everything_reduces_no_gift_card():
    card = make_variant(make_product("Gift card", kind="gift_card"), price=9000, tracks_stock=False)
    make_sale(percent=20, starts_at=NOW, ends_at=NOW + 7 * DAY, covers_everything=True)

    follow(card)

    assert cost(card) == 9000


def test_a_sale_to_come_is_known_ahead_and_begins_on_time():
    variant = stocked()
    make_sale(percent=20, starts_at=NOW + DAY, ends_at=NOW + 3 * DAY, covers_everything=True)

    follow(variant)

    assert [cost(variant, now=NOW + n * DAY) for n in range(5)] == [9000, 7200, 7200, 9000, 9000]
    assert unit_price(variant.pk, 1, EUR, NOW + 2 * DAY).lowest == 9000
    assert price_clock.refresh_due(NOW) == 0


def test_the_history_names_the_moment_and_not_when_the_clock_looked():
    variant = stocked()
    make_sale(percent=20, starts_at=NOW + DAY, ends_at=NOW + 3 * DAY, covers_everything=True)
    follow(variant)

    price_clock.refresh_due(NOW + 10 * DAY)

    assert told(variant) == [
        (-90, 9000, None, "noticed"),
        (1, 7200, 9000, "sale"),
        (3, 9000, None, "sale_over"),
    ]


def test_refreshing_twice_tells_nothing_new():
    variant = stocked()
    make_sale(percent=20, starts_at=NOW, ends_at=NOW + DAY, covers_everything=True)
    follow(variant)

    assert pricing.refresh([variant.pk], NOW + DAY / 2) == 0
    assert listing.refresh([variant.product_id], NOW + DAY / 2) == 0
    assert len(told(variant)) == 2


def test_the_prior_price_is_frozen_while_the_reduction_lasts():
    variant = stocked()
    Variant.objects.update(price=8000)
    follow(variant, now=NOW - 20 * DAY)
    Variant.objects.update(price=9000)
    follow(variant, now=NOW - 10 * DAY)
    make_sale(percent=20, starts_at=NOW, ends_at=NOW + 60 * DAY, covers_everything=True)
    follow(variant)

    for days in (0, 5, 25, 59):
        price_clock.refresh_all(NOW + days * DAY)
        assert unit_price(variant.pk, 1, EUR, NOW + days * DAY).lowest == 8000


def test_a_price_before_of_the_variant_is_a_reduction_too():
    variant = stocked()
    Variant.objects.update(price=7000, compare_at_price=9000)

    follow(variant)

    found = unit_price(variant.pk, 1, EUR, NOW)
    assert (found.unit, found.compare_at, found.lowest) == (7000, 9000, 9000)


def test_a_draft_makes_no_history():
    variant = make_variant(make_product(status="draft", published_at=None), price=100)

    follow(variant)

    assert told(variant) == []


def test_history_is_never_changed():
    variant = stocked()
    row = PriceChange.objects.get(variant=variant)

    for attempt in (
        row.save,
        row.delete,
        PriceChange.objects.all().delete,
        lambda: PriceChange.objects.update(price=1),
    ):
        with pytest.raises(HistoryIsKept):
            attempt()
    with pytest.raises(DatabaseError), transaction.atomic():
        PriceChange.objects.filter(pk=row.pk)._update([(PriceChange._meta.get_field("price"), None, 1)])
    assert told(variant) == [(-90, 9000, None, "noticed")]


def test_history_outlives_its_variant():
    variant = stocked()
    sku = variant.sku

    variant.product.delete()

    assert PriceChange.objects.get().sku == sku


def test_another_currency_has_prices_of_its_own_or_none():
    sold, unsold = stocked(9000), stocked(5000)
    make_price_list({sold: 10500}, currency="USD")

    follow(sold, unsold)

    assert [cost(v, USD) for v in (sold, unsold)] == [10500, None]
    assert list(MarketListing.objects.values_list("product", "market", "price_min")) == [
        (sold.product_id, "USD", 10500)
    ]


def test_lists_of_a_market_hold_its_goods_at_its_prices():
    cheap, dear, unsold = stocked(2000), stocked(9000), stocked(5000)
    make_price_list({cheap: 9900, dear: 1900}, currency="USD")
    follow(cheap, dear, unsold)

    with markets.using(USD):
        page = lists.page_of(lists.everything(), {"sort": ["price-up"]}, "en")
        narrowed = lists.page_of(lists.everything(), {"price_max": ["20"]}, "en")

    assert [card.price_min for card in page.cards] == [1900, 9900]
    assert (page.total, page.price_from, page.price_to) == (2, 1900, 9900)
    assert [card.product_id for card in narrowed.cards] == [dear.product_id]
    assert lists.page_of(lists.everything(), {}, "en").total == 3


@pytest.mark.parametrize("sort", ["recommended", "newest", "price-up", "price-down"])
def test_every_order_works_in_every_market(sort):
    goods = [stocked(1000 * n) for n in range(1, 4)]
    make_price_list({good: 5000 - good.price for good in goods}, currency="USD")
    follow(*goods)

    with markets.using(USD):
        page = lists.page_of(lists.in_category(goods[0].product.category), {"sort": [sort]}, "en")
        every = lists.page_of(lists.everything(), {"sort": [sort], "availability": ["in-stock"]}, "en")

    assert page.total == 1
    assert every.total == 3
    if sort.startswith("price"):
        prices = [card.price_min for card in every.cards]
        assert prices == sorted(prices, reverse=sort == "price-down")


def test_a_group_sees_its_price_and_steps_and_everybody_else_does_not():
    variant = stocked()
    make_price_list({variant: 7500, (variant, 10): 6500}, group="trade")

    follow(variant)

    assert [cost(variant, TRADE, n) for n in (1, 9, 10)] == [7500, 7500, 6500]
    assert cost(variant) == 9000
    assert MarketListing.objects.get(market="EUR/trade").price_min == 7500
    assert PriceChange.objects.count() == 1


def test_a_member_of_a_group_gets_the_public_price_where_the_group_has_none():
    variant = stocked()

    assert cost(variant, TRADE) == 9000


def test_a_list_begins_and_ends_by_itself():
    variant = stocked()
    make_price_list({variant: 10500}, currency="USD", starts_at=NOW + DAY, ends_at=NOW + 3 * DAY)
    follow(variant)

    assert [cost(variant, USD, now=NOW + n * DAY) for n in (0, 1, 2, 3)] == [None, 10500, 10500, None]
    assert price_clock.refresh_due(NOW + DAY) == 1
    assert MarketListing.objects.count() == 1
    assert price_clock.refresh_due(NOW + 3 * DAY) == 1
    assert MarketListing.objects.count() == 0


def test_a_sale_reaches_what_it_names_and_nothing_else():
    room = make_category("Room")
    shelf = make_category("Shelf", parent=room)
    below, beside = make_variant(make_product(category=shelf), price=1000), make_variant(price=1000)
    named, lone = make_variant(price=1000), make_variant(price=1000)
    sale = make_sale(percent=50, starts_at=NOW, categories=[room], products=[named.product], prices={lone: 900})

    follow(below, beside, named, lone)

    assert [cost(v) for v in (below, beside, named, lone)] == [500, 1000, 500, 900]
    assert set(pricing.products_of(sale)) == {below.product, named.product, lone.product}


def test_the_end_is_shown_only_when_the_price_is_higher_afterwards():
    variant = stocked()
    make_sale(percent=20, starts_at=NOW, ends_at=NOW + DAY, shows_end=True, covers_everything=True)
    follow(variant)
    assert unit_price(variant.pk, 1, EUR, NOW).ends_at == NOW + DAY

    make_sale(percent=30, starts_at=NOW + DAY, ends_at=NOW + 2 * DAY, covers_everything=True)
    follow(variant)
    assert unit_price(variant.pk, 1, EUR, NOW).ends_at is None


def test_the_nightly_check_finds_and_mends_what_drifted():
    variant, other = stocked(), stocked()
    make_sale(percent=20, starts_at=NOW, ends_at=NOW + DAY, covers_everything=True)
    follow(variant, other)
    assert price_clock.refresh_all(NOW) == 0

    EffectivePrice.objects.filter(variant=variant).update(price=1)

    assert price_clock.refresh_all(NOW) == 1
    assert cost(variant) == 7200
    assert price_clock.refresh_all(NOW) == 0


def test_a_price_that_was_written_past_the_actions_is_found_by_the_check():
    variant = stocked()
    make_price_list({variant: 10500}, currency="USD")
    follow(variant)
    variant.list_prices.update(price=11000)

    assert price_clock.refresh_all(NOW) == 1
    assert cost(variant, USD) == 11000


@pytest.mark.parametrize(("currency", "minor", "reduced"), [("JPY", 9801, 7841), ("KWD", 12345, 9876)])
def test_currencies_without_or_with_three_decimals_are_reduced_in_their_own_units(currency, minor, reduced):
    variant = stocked()
    make_price_list({variant: minor}, currency=currency)
    make_sale(percent=20, starts_at=NOW, covers_everything=True)

    follow(variant)

    assert cost(variant, Market(currency)) == reduced


def test_a_quote_takes_one_query_however_many_are_asked(django_assert_num_queries):
    variants = [stocked() for _ in range(3)]
    make_price_list({variants[0]: 5000, (variants[0], 5): 4000}, group="trade")
    follow(*variants)

    with django_assert_num_queries(1):
        found = quote([variant.pk for variant in variants], TRADE, NOW)

    assert [len(found[variant.pk].steps) for variant in variants] == [2, 1, 1]
