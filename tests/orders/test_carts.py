"""Filling a cart, changing it, taking it along at sign-in."""

from datetime import timedelta

import pytest

from catalog.models import Variant
from orders.actions import carts
from orders.actions.carts import CartIsClosed, NotForSale, TooMany
from orders.models import Cart, CartLine
from tests.makers import make_cart, make_customer, make_product, make_variant
from tests.orders.conftest import NOW, place


def contents(cart) -> dict[str, int]:
    return {line.variant.sku: line.quantity for line in cart.lines.select_related("variant")}


@pytest.fixture
def ada(db):
    return make_customer("ada@example.com")


def test_a_guest_finds_his_cart_by_its_id(db):
    cart = carts.open_for(language="es")

    assert carts.open_for(cart_id=cart.pk) == cart
    assert carts.open_for(cart_id=str(cart.pk)) == cart
    assert cart.language == "es"


@pytest.mark.parametrize("cart_id", [None, "", "nonsense", "00000000-0000-4000-8000-000000000000"])
def test_an_unknown_id_opens_a_new_cart(db, cart_id):
    assert carts.find(cart_id=cart_id) is None
    assert carts.open_for(cart_id=cart_id).is_open


def test_a_customer_has_one_open_cart(ada):
    assert carts.open_for(customer=ada) == carts.open_for(customer=ada)


def test_a_guest_never_sees_the_cart_of_a_customer(ada):
    cart = carts.open_for(customer=ada)

    assert carts.find(cart_id=cart.pk) is None


def test_a_customer_does_not_get_a_strangers_cart_by_its_id(ada):
    cart = carts.open_for(customer=make_customer())

    assert carts.open_for(customer=ada, cart_id=cart.pk) != cart


def test_the_same_variant_twice_is_one_line(blanket):
    cart = make_cart((blanket, 2))

    line = carts.add(cart, blanket, 3)

    assert line.quantity == 5
    assert contents(cart) == {blanket.sku: 5}


def test_a_line_keeps_the_name_and_price_that_were_seen(blanket):
    line = make_cart(blanket).lines.get()

    assert (line.name, line.seen_price) == ("Wool blanket", 4900)


def test_more_than_there_is_is_refused_with_the_number(blanket):
    cart = make_cart((blanket, 4))

    with pytest.raises(TooMany) as refusal:
        carts.add(cart, blanket, 7)

    assert refusal.value.available == 10
    assert contents(cart) == {blanket.sku: 4}


def test_what_is_sold_out_can_not_be_added(counter):
    with pytest.raises(TooMany) as refusal:
        make_cart(make_variant(stock=0))

    assert refusal.value.available == 0
    assert not CartLine.objects.exists()


def test_what_is_not_counted_ends_at_a_sensible_number(guide):
    cart = make_cart((guide, 999))

    with pytest.raises(TooMany) as refusal:
        carts.add(cart, guide, 1)

    assert refusal.value.available == 999


@pytest.mark.parametrize("quantity", [0, -1, -999])
def test_a_cart_takes_no_negative_number(blanket, quantity):
    cart = make_cart()

    with pytest.raises(ValueError):
        carts.add(cart, blanket, quantity)

    assert not cart.lines.exists()


def test_a_hidden_variant_is_not_for_sale(counter):
    with pytest.raises(NotForSale):
        make_cart(make_variant(is_active=False))


def test_an_unpublished_product_is_not_for_sale(counter):
    with pytest.raises(NotForSale):
        make_cart(make_variant(make_product(status="archived")))


def test_an_ordered_cart_takes_nothing_more(blanket):
    cart = make_cart(blanket)
    place(cart=cart)

    with pytest.raises(CartIsClosed):
        carts.add(cart, blanket, 1)


def test_a_changed_quantity_says_what_was_there(blanket):
    cart = make_cart((blanket, 2))

    undo = carts.set_quantity(cart.lines.get(), 5)

    assert (undo.sku, undo.quantity) == (blanket.sku, 2)
    assert contents(cart) == {blanket.sku: 5}


def test_zero_removes_the_line_and_can_be_undone(blanket):
    cart = make_cart((blanket, 2))

    undo = carts.set_quantity(cart.lines.get(), 0)

    assert contents(cart) == {}
    assert (undo.sku, undo.quantity) == (blanket.sku, 2)


def test_a_line_of_a_deleted_variant_can_only_be_removed(blanket):
    cart = make_cart(blanket)
    blanket.delete()
    line = cart.lines.get()

    with pytest.raises(NotForSale):
        carts.set_quantity(line, 2)
    carts.set_quantity(line, 0)

    assert not cart.lines.exists()


@pytest.mark.parametrize("quantity", [11, 1000, 10**9])
def test_a_line_can_not_be_set_to_more_than_there_is(blanket, quantity):
    cart = make_cart(blanket)

    with pytest.raises(TooMany):
        carts.set_quantity(cart.lines.get(), quantity)

    assert contents(cart) == {blanket.sku: 1}


def test_pieces_that_the_carts_own_pending_order_holds_stay_available(counter):
    scarf = make_variant(stock=1)
    cart = make_cart(scarf)
    place(cart=cart, payment="card")

    carts.set_quantity(cart.lines.get(), 1)

    with pytest.raises(TooMany):
        make_cart(scarf)


def test_a_touched_cart_is_not_left_behind(blanket):
    cart = make_cart(blanket, active_at=NOW - timedelta(hours=5))

    carts.touch(cart, NOW - timedelta(hours=9))
    carts.touch(cart, NOW)

    assert not Cart.objects.abandoned_since(NOW - timedelta(hours=1)).exists()


def test_what_a_guest_typed_is_kept_and_not_wiped_by_empty_fields(db):
    cart = make_cart()

    carts.remember_guest(cart, "Ada@Example.com ", "Ada", "ES")
    carts.remember_guest(cart, "", "", "")

    cart.refresh_from_db()
    assert (cart.email, cart.name, cart.country) == ("ada@example.com", "Ada", "ES")


def test_seen_prices_are_accepted(blanket):
    cart = make_cart(blanket)
    Variant.objects.update(price=5200)

    carts.accept_prices(cart)

    assert cart.lines.get().seen_price == 5200


class TestSignIn:
    def test_the_guests_cart_becomes_the_customers(self, ada, blanket):
        guest = make_cart((blanket, 2))

        cart = carts.merge(guest, ada)

        assert (cart, cart.customer) == (guest, ada)
        assert carts.find(customer=ada) == guest

    def test_of_two_carts_the_larger_quantity_counts(self, ada, blanket, guide):
        mine = make_cart((blanket, 2), customer=ada)
        guest = make_cart((blanket, 5), (guide, 1))

        cart = carts.merge(guest, ada)

        guest.refresh_from_db()
        assert cart == mine
        assert contents(cart) == {blanket.sku: 5, guide.sku: 1}
        assert (guest.status, guest.merged_into) == (Cart.Status.MERGED, mine)

    def test_quantities_are_capped_by_what_there_is(self, ada, blanket):
        make_cart((blanket, 2), customer=ada)
        guest = make_cart((blanket, 9))
        blanket.levels.update(on_hand=6)

        assert contents(carts.merge(guest, ada)) == {blanket.sku: 6}

    def test_merging_twice_changes_nothing(self, ada, blanket):
        make_cart((blanket, 2), customer=ada)
        guest = make_cart((blanket, 3))
        carts.merge(guest, ada)

        assert contents(carts.merge(guest, ada)) == {blanket.sku: 3}

    def test_without_a_guests_cart_the_own_one_is_found(self, ada, blanket):
        mine = make_cart(blanket, customer=ada)

        assert carts.merge(None, ada) == mine

    def test_somebody_elses_cart_is_left_alone(self, ada, blanket):
        theirs = make_cart(blanket, customer=make_customer())

        cart = carts.merge(theirs, ada)

        theirs.refresh_from_db()
        assert cart != theirs
        assert theirs.is_open
        assert contents(cart) == {}
