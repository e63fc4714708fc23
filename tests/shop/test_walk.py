"""How often a guest's walk from the home page to the thanks asks the database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.actions import listing
from tests.makers import make_counter, make_product, make_variant
from tests.shop.shopper import put_in, typed

pytestmark = pytest.mark.django_db

# What SPEED asks for of the whole walk, and what one page may ask. Of what is put in the cart and of what is ordered
# one statement is the fact in the log of events, written in the same transaction.
WALK = 60
STEPS = {"home": 2, "product": 5, "add": 8, "cart": 6, "checkout": 6, "order": 25, "thanks": 8}


@pytest.fixture
def goods():
    make_counter()
    found = [make_variant(make_product(f"Cup {number}"), stock=9) for number in range(5)]
    listing.refresh([variant.product_id for variant in found])
    return found


def walk(client, goods, counted: dict[str, int]) -> None:
    def step(name, visit, *args, **kwargs):
        with CaptureQueriesContext(connection) as asked:
            response = visit(*args, **kwargs)
        counted[name] = len(asked)
        return response

    step("home", client.get, "/")
    step("product", client.get, goods[0].product.get_absolute_url())
    step("add", put_in, client, goods[0])
    for variant in goods[1:]:
        put_in(client, variant)
    step("cart", client.get, "/cart/")
    form = {}
    step("checkout", lambda: form.update(typed(client)))
    placed = step("order", client.post, "/checkout/", form)
    assert "Thank you" in step("thanks", client.get, placed.url).content.decode()


def test_a_guest_walks_from_home_to_thanks_on_few_statements(client, goods):
    counted = {}
    walk(client, goods, {})
    client.cookies.clear()

    walk(client, goods, counted)

    assert {name: number for name, number in counted.items() if number > STEPS[name]} == {}
    assert sum(counted.values()) <= WALK
