"""Stock that another system tells: set or changed, once for each key."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from catalog.actions import stock, stock_updates
from catalog.models import Location, StockMovement
from tests.makers import make_variant

pytestmark = pytest.mark.django_db


@pytest.fixture
def cup(db):
    return make_variant(stock=5, sku="CUP")


def run(*args) -> str:
    out = StringIO()
    call_command("set_stock", *args, stdout=out)
    return out.getvalue().strip()


def test_a_number_is_set_or_changed(cup):
    assert run("CUP", "7") == "CUP: 5 -> 7"
    assert run("CUP", "-3", "--delta", "--document", "POS 12") == "CUP: 7 -> 4"

    entry = StockMovement.objects.first()
    assert (entry.delta, entry.reason, entry.document) == (-3, "imported", "POS 12")


def test_the_same_key_twice_changes_nothing(cup):
    first = stock_updates.apply(cup, "delta", 2, key="a")
    again = stock_updates.apply(cup, "delta", 2, key="a")

    assert (first.after, again.after, again.is_repeated) == (7, 7, True)
    assert cup.levels.get().on_hand == 7


def test_a_key_that_meant_something_else_is_a_mistake(cup):
    stock_updates.apply(cup, "delta", 2, key="a")

    with pytest.raises(stock_updates.KeyMeantOther):
        stock_updates.apply(cup, "delta", 3, key="a")
    assert cup.levels.get().on_hand == 7


def test_what_is_refused_leaves_its_key_free(cup):
    held = stock.reserve({cup.pk: 5})
    with pytest.raises(stock.HeldForOrders):
        stock_updates.apply(cup, "set", 0, key="a")

    stock.release(held)

    assert stock_updates.apply(cup, "set", 0, key="a").after == 0


def test_a_place_can_be_named(cup):
    Location.objects.create(name="Gràcia")

    run("CUP", "3", "--location", "Gràcia")

    assert cup.levels.get(location__name="Gràcia").on_hand == 3


@pytest.mark.parametrize(
    "args", [("NONE", "1"), ("CUP", "1", "--location", "x"), ("CUP", "-1"), ("CUP", "99999999999")]
)
def test_what_cannot_be_is_said_in_a_sentence(cup, args):
    with pytest.raises(CommandError):
        run(*args)
    assert cup.levels.get().on_hand == 5
