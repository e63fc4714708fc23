"""The books of the stock are compared with themselves, told, and mended."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import F
from django.utils import timezone

from catalog.models import StockLevel, StockMovement
from orders.actions import shelf_check
from orders.actions.checkout import place_order
from orders.queries.summary import summarise
from tests.makers import make_cart, make_counter, make_details, make_variant

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def level(db) -> StockLevel:
    make_counter()
    variant = make_variant(stock=5, sku="CUP")
    cart = make_cart((variant, 2))
    place_order(cart, make_details(), summarise(cart, "ES", "standard").total)
    return variant.levels.get()


def test_books_in_order_show_no_drift(level):
    done = shelf_check.check(NOW)

    assert (done.levels, done.drifts, done.mended) == (1, [], False)


def test_both_kinds_of_drift_are_told_and_mended(level):
    StockLevel.objects.update(on_hand=F("on_hand") + 3, reserved=F("reserved") + 1)

    out = StringIO()
    call_command("check_stock", "--mend", stdout=out)

    assert "CUP at Warehouse: ledger 8, counted 5" in out.getvalue()
    assert "CUP at Warehouse: holds 3, counted 2" in out.getvalue()
    level.refresh_from_db()
    assert (level.on_hand, level.reserved) == (8, 2)
    assert StockMovement.objects.first().document == "check"
    assert shelf_check.check(NOW).drifts == []
