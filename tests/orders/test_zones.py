"""Where parcels go at which price: zones, brackets, goods that a method leaves out, and why nothing is offered."""

from datetime import UTC, datetime

import pytest

from orders import delivery
from orders.delivery import Parcel, Survey, survey, terms
from orders.delivery.parcel import Piece
from orders.delivery.words import why_nothing
from orders.delivery.zones import Zone, spans_of, zone_of
from orders.models import DeliveryMethod, DeliveryZone
from orders.tax import Place
from tests.makers import make_category, make_delivery, make_product

NOON = datetime(2026, 3, 2, 9, tzinfo=UTC)
SPAIN = Zone(1, "Spain", frozenset({"ES"}))
ISLANDS = Zone(2, "Islands", frozenset({"ES"}), spans_of("07, 35, 38001-38999"))
ELSEWHERE = Zone(3, "World", frozenset())
STATES = Zone(4, "West", frozenset({"US"}), areas=frozenset({"ca", "or"}))


@pytest.fixture
def home(db) -> DeliveryMethod:
    return make_delivery(price=490, free_from=6000, countries=["ES"])


def to(postcode: str = "", country: str = "ES", currency: str = "", **parcel) -> Survey:
    return survey(terms(), Parcel(**{"value": 1000, **parcel}), Place(country, postcode), NOON, currency)


def prices(*args, **fields) -> list[int]:
    return [offer.price for offer in to(*args, **fields).offers]


@pytest.mark.parametrize(
    ("place", "zone"),
    [
        (Place("ES"), SPAIN),
        (Place("ES", "28013"), SPAIN),
        (Place("ES", "07 001"), ISLANDS),
        (Place("ES", "38500"), ISLANDS),
        (Place("ES", "39000"), SPAIN),
        (Place("PT", "0700-001"), ELSEWHERE),
        (Place("US", "", "CA"), STATES),
        (Place("US", "10001", "NY"), ELSEWHERE),
    ],
    ids=lambda value: value.name if isinstance(value, Zone) else "-".join((value.country, value.postcode, value.area)),
)
def test_an_address_lies_in_the_zone_that_fits_it_most_closely(place, zone):
    assert zone_of(place, (ELSEWHERE, SPAIN, ISLANDS, STATES)) == zone


def test_a_hyphen_within_a_postcode_is_no_range():
    assert [(span.first, span.last) for span in spans_of("00-950, 1000-1999, SW1A–SW1W")] == [
        ("00950", "00950"), ("1000", "1999"), ("SW1A", "SW1W"),
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["9-1", "...", "07, -"])
def test_what_is_no_postcode_is_refused(typed):
    with pytest.raises(ValueError, match=r".+"):
        spans_of(typed)


def test_a_zone_has_its_own_price_and_its_own_sum_from_which_it_is_free(home):
    islands = DeliveryZone.objects.create(name="Balearics", countries=["ES"], postcodes="07")
    home.prices.create(zone=islands, currency="EUR", price=990, free_from=9000)

    assert prices() == prices("28013") == [490]
    assert prices("07001") == [990]
    assert (prices("07001", value=6000), prices("07001", value=9000)) == ([990], [0])


def test_a_zone_can_be_left_out_and_the_sentence_names_the_place(home):
    islands = DeliveryZone.objects.create(name="Canaries", countries=["ES"], postcodes="35, 38")
    home.prices.create(zone=islands, currency="EUR", price=None)
    canary = to("35001")

    assert (prices("28013"), canary.offers) == ([490], ())
    said = why_nothing(canary, Parcel(1000), Place("ES", "35001"), "EUR")
    assert said == "We do not deliver to 35001, Spain."


def test_brackets_hold_up_to_their_weight_and_nothing_is_offered_beyond(home):
    home.prices.create(currency="EUR", up_to=2000, price=390)
    DeliveryMethod.objects.update(heaviest_g=20_000)

    assert [prices(weight_g=grams) for grams in (2000, 2001, 20_000, 20_001)] == [[390], [490], [490], []]


@pytest.mark.parametrize(("counts", "over"), [("value", {"value": 5001}), ("pieces", {"number": 5001})])
def test_brackets_count_value_or_pieces_instead(home, counts, over):
    DeliveryMethod.objects.update(counts=counts, free_from=None)
    home.prices.create(currency="EUR", up_to=5000, price=390)

    assert (prices(), prices(**over)) == ([390], [490])


def test_a_method_without_countries_goes_only_to_its_zones_once_it_has_prices_for_some(db):
    method = make_delivery()
    assert terms().countries() is None
    abroad = DeliveryZone.objects.create(name="Near", countries=["PT", "FR"])
    method.prices.create(zone=abroad, currency="EUR", price=900)

    assert (prices(country="PT"), prices(country="ES")) == ([900], [])
    assert terms().countries() == {"PT", "FR"}


def test_nothing_is_converted_for_a_zone_without_a_price_in_the_currency(home):
    islands = DeliveryZone.objects.create(name="Balearics", countries=["ES"], postcodes="07")
    home.prices.create(zone=islands, currency="EUR", price=990)
    home.prices.create(currency="USD", price=700)

    assert (prices(currency="USD"), prices("07001", currency="USD")) == ([700], [])


def test_goods_that_a_method_does_not_take_are_named(home):
    windows = make_category("Windows")
    long = make_product("Curtain rail", category=make_category("Curtains", parent=windows))
    home.excluded_categories.add(windows)
    delivery.changed()
    pieces = (Piece(long.pk, None, long.category_id, "Curtain rail"), Piece(0, None, None, "Cup"))

    found = to(pieces=pieces)
    assert (found.offers, prices(pieces=pieces[1:])) == ((), [490])
    said = why_nothing(found, Parcel(1000), Place("ES"), "EUR")
    assert said == "We do not deliver “Curtain rail” to Spain."
