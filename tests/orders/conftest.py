"""A till that is ready to sell."""

from datetime import UTC, datetime

import pytest

from orders.actions.checkout import place_order
from orders.queries.summary import summarise
from tests.makers import make_cart, make_counter, make_details, make_product, make_variant

# A Monday morning.
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def counter(db):
    make_counter()


@pytest.fixture
def blanket(counter):
    """Ten blankets at 49.00 with standard tax."""
    return make_variant(make_product("Wool blanket"), stock=10, price=4900)


@pytest.fixture
def guide(counter):
    """A file to download."""
    return make_variant(make_product("Weaving guide", kind="digital"), price=900, tracks_stock=False)


def total_of(cart, **fields) -> int:
    details = make_details(**fields)
    return summarise(cart, details.country, details.delivery, NOW).total


def place(*wanted, now=NOW, cart=None, **fields):
    """An order of these variants, placed as Ada would."""
    cart = cart or make_cart(*wanted)
    return place_order(cart, make_details(**fields), total_of(cart, **fields), now)


@pytest.fixture
def stripe(stripe):
    """Stripe on the same Monday morning."""
    stripe.clock = NOW.timestamp
    return stripe
