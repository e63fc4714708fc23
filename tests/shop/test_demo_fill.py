"""The demonstration shop as a whole, without its pictures (they have tests of their own)."""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.db.models import F, Sum

from catalog.models import Product, StockLevel
from marketing.models import Event, Message
from orders.models import Cart, Order, RefundLine, Reservation
from shop.demo.fill import NotEmpty, fill

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def silent(*_) -> None:
    """Nobody watches."""


@pytest.fixture(scope="module", autouse=True)
def shop(django_db_setup, django_db_blocker):
    """One filled shop for all tests of this file, taken away afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        fill(NOW, silent, silent, with_pictures=False)
        yield
        transaction.set_rollback(True)


def test_it_is_a_shop_worth_opening():
    kinds = set(Product.objects.values_list("kind", flat=True))

    assert 115 <= Product.objects.published().count() <= 125
    assert kinds == {"physical", "digital", "service", "bundle", "gift_card"}


def test_a_year_of_trade_lies_behind_it():
    placed = Order.objects.order_by("placed_at")

    assert placed.count() > 800
    assert (placed.last().placed_at - placed.first().placed_at).days > 350
    assert Order.objects.filter(placed_at__month=12).count() > 1.3 * Order.objects.filter(placed_at__month=8).count()


def test_customers_come_back():
    returning = Order.objects.values("customer").annotate(n=Sum(1)).filter(customer__isnull=False, n__gt=1)

    assert returning.count() > 50


def test_there_is_something_to_do_this_morning():
    assert Order.objects.to_pack().exists()
    assert Order.objects.awaiting_money().exists()
    assert Cart.objects.abandoned_since(NOW).count() > 40
    assert Message.objects.filter(status="handed_over").exists()
    assert Message.objects.filter(status="skipped").exists()
    assert Event.objects.filter(type="product_viewed").count() > 5000


def test_every_piece_of_stock_is_explained_by_the_ledger():
    levels = StockLevel.objects.annotate(moved=Sum("movements__delta"))

    assert levels.count() > 400
    assert [level.variant.sku for level in levels if (level.moved or 0) != level.on_hand] == []


def test_every_reserved_piece_belongs_to_an_order_to_pack():
    held = Reservation.objects.filter(status="held")

    assert held.aggregate(n=Sum("quantity"))["n"] == StockLevel.objects.aggregate(n=Sum("reserved"))["n"]
    assert not held.exclude(line__order__in=Order.objects.filter(fulfilment_status__in=Order.TO_SEND)).exists()


def test_a_parcel_went_of_which_the_rest_follows_and_a_stain_was_made_good():
    order = Order.objects.partly_sent().get()

    assert {bool(line.left) for line in order.lines.all()} == {True, False}
    assert RefundLine.objects.filter(quantity=0, gross__gt=0).exists()


def test_order_numbers_have_no_gap():
    numbers = sorted(int(number) for number in Order.objects.values_list("number", flat=True))

    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def test_refunds_never_exceed_what_was_received():
    assert not Order.objects.filter(payments__refunded__gt=F("payments__captured")).exists()


def test_a_shop_with_goods_is_left_alone():
    before = Product.objects.count()

    with pytest.raises(NotEmpty):
        fill(NOW, silent, silent, with_pictures=False)

    assert Product.objects.count() == before
