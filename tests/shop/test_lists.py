"""Saved for later, wish lists of guests and customers, and lists that are shown to others."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from catalog.models import Product
from orders.actions import carts, wishes
from orders.actions.clearing import clear
from orders.actions.withdrawing import withdraw
from orders.models import CartLine, CartLink, Wish, WishList
from orders.queries.wishes import token_of
from tests.makers import make_cart, make_counter, make_customer, make_product, make_variant
from tests.orders.conftest import NOW, place
from tests.shop.forms import fields_of
from tests.shop.shopper import order_by, put_in

pytestmark = pytest.mark.django_db
SIGN_IN = {"login": "ada@example.com", "password": "correct horse"}


@pytest.fixture
def scarf():
    return make_variant(make_product("Wool scarf"), stock=5, price=4900)


def later_url(line=None):
    return f"/cart/lines/{(line or CartLine.objects.get()).pk}/"


def wish_for(client, variant, **fields):
    return client.post("/lists/wishes/", {"sku": variant.sku, "quantity": 1, **fields})


def shared_list(client, *variants, is_gift=False) -> tuple[WishList, str]:
    """A list with these goods, and the path of its link."""
    for variant in variants:
        wish_for(client, variant)
    found = WishList.objects.get()
    data = {"do": "change", "name": found.name} | ({"is_gift": "on"} if is_gift else {})
    client.post(f"/lists/{found.pk}/", data)
    page = client.post(f"/lists/{found.pk}/", {"do": "share"}, follow=True).content.decode()
    return found, "/lists/shown/" + page.split("/lists/shown/")[1].split('"')[0]


def test_a_guest_saves_a_line_for_later_and_has_it_back_with_one_press(client, scarf):
    put_in(client, scarf, 3)

    page = client.post(later_url(), {"later": "1"}, follow=True)
    assert "“Wool scarf” is saved for later." in page.content.decode()
    assert not CartLine.objects.exists() and Wish.objects.get().quantity == 3

    client.post(f"/lists/wishes/{Wish.objects.get().pk}/", {"do": "cart"})
    assert CartLine.objects.get().quantity == 3 and not Wish.objects.exists()


def test_what_is_saved_for_later_stands_below_the_cart_and_outlives_the_order(client, scarf):
    make_counter()
    put_in(client, scarf)
    client.post(later_url(), {"later": "1"})
    put_in(client, make_variant(make_product("Teapot")))

    assert "Saved for later" in client.get("/cart/").content.decode()
    assert order_by(client).status_code == 303
    assert "Wool scarf" in client.get("/cart/").content.decode()


def test_who_never_saved_anything_pays_no_query_for_it(client, scarf, django_assert_max_num_queries):
    put_in(client, scarf)
    client.get("/cart/")

    with django_assert_max_num_queries(6):
        client.get("/cart/")


def test_a_product_goes_on_a_first_list_from_its_page_without_a_script(client, scarf):
    page = client.get(scarf.product.get_absolute_url())
    assert 'formaction="/lists/wishes/"' in page.content.decode()

    answer = client.post("/lists/wishes/", fields_of(page, "/cart/lines/"), follow=True)

    assert "“Wool scarf” is on your list “Wish list”." in answer.content.decode()
    assert Wish.objects.get().variant == scarf


def test_at_sign_in_lists_come_along_once_and_meet_those_of_the_account(client, scarf):
    ada, teapot = make_customer("ada@example.com"), make_variant(make_product("Teapot"))
    theirs = Client()
    theirs.force_login(ada)
    wish_for(theirs, teapot)
    wish_for(client, scarf)
    put_in(client, scarf)
    client.post(later_url(), {"later": "1"})

    client.post("/accounts/login/", SIGN_IN)
    client.post("/accounts/logout/")
    client.post("/accounts/login/", SIGN_IN)

    named = WishList.objects.get(kind="list")
    assert named.customer == ada and {wish.variant for wish in named.wishes.all()} == {teapot, scarf}
    assert WishList.objects.get(kind="later").customer == ada
    assert "Wool scarf" in theirs.get("/cart/").content.decode()


def test_a_link_that_others_have_outlives_the_sign_in(client, scarf):
    theirs = Client()
    theirs.force_login(make_customer("ada@example.com"))
    wish_for(theirs, make_variant(make_product("Teapot")))
    wish_for(client, scarf)
    guests = WishList.objects.get(customer=None)
    client.post(f"/lists/{guests.pk}/", {"do": "share"})
    Wish.objects.filter(wish_list=guests).update(bought=1)

    client.post("/accounts/login/", SIGN_IN)

    guests.refresh_from_db()
    assert (guests.customer.email, guests.wishes.get().bought) == ("ada@example.com", 1)
    assert Client().get(f"/lists/shown/{token_of(guests)}/").status_code == 200


@pytest.mark.parametrize("signed_in", [False, True])
def test_nobody_else_sees_or_changes_a_list(client, scarf, signed_in):
    wish_for(client, scarf)
    pk, wish = WishList.objects.get().pk, Wish.objects.get().pk
    other = Client()
    if signed_in:
        other.force_login(make_customer())
    wish_for(other, make_variant())

    assert other.get(f"/lists/{pk}/").status_code == 404
    assert other.post(f"/lists/{pk}/", {"do": "delete"}).status_code == 404
    assert other.post(f"/lists/wishes/{wish}/", {"do": "remove"}).status_code == 404
    assert Wish.objects.filter(pk=wish).exists()


def test_a_link_shows_the_list_until_its_owner_takes_it_back(client, scarf):
    found, address = shared_list(client, scarf)
    other = Client()

    page = other.get(address).content.decode()
    assert "Wool scarf" in page and "€49.00" in page and "noindex" in page
    client.post(f"/lists/{found.pk}/", {"do": "unshare"})
    client.post(f"/lists/{found.pk}/", {"do": "share"})

    assert other.get(address).status_code == 404
    assert other.get("/lists/shown/forged~x/").status_code == 404


def test_two_guests_do_not_give_the_same(client, scarf):
    make_counter()
    _found, address = shared_list(client, scarf, is_gift=True)
    first, second = Client(), Client()
    wish = Wish.objects.get()

    assert "€49.00" not in first.get(address).content.decode()
    for guest in (first, second):
        assert guest.post(address, {"wish": wish.pk}).url == "/cart/"
    assert order_by(first).status_code == 303

    assert "Somebody else has bought this gift meanwhile." in second.get("/cart/").content.decode()
    assert second.post("/checkout/", {"payment": "bank_transfer"}).url == "/cart/"
    assert '<p class="soft">bought already' in second.get(address).content.decode()
    # Its owner is not told, not by his own link either: it stays a surprise.
    assert '<p class="soft">bought already' not in client.get(address).content.decode()
    assert client.post(address, {"wish": wish.pk}).url == "/cart/"
    assert '<p class="soft">bought already' not in client.get(f"/lists/{wish.wish_list_id}/").content.decode()


def test_a_gift_that_was_not_paid_is_open_again_whatever_lies_in_the_cart_by_then(client, scarf):
    make_counter()
    shared_list(client, scarf, is_gift=True)
    wish, cart = Wish.objects.get(), make_cart()
    line = wishes.give(wish, cart)
    order = place(cart=cart, payment="card")
    taken = Wish.objects.get().bought

    carts.set_quantity(line, 0)
    withdraw(order, "not paid", NOW)

    assert (taken, Wish.objects.get().bought) == (1, 0)


def test_ones_own_pieces_and_those_for_a_wish_lie_side_by_side(client, scarf):
    make_counter()
    shared_list(client, scarf, is_gift=True)
    wish, cart = Wish.objects.get(), make_cart((scarf, 2))

    wishes.give(wish, cart)
    carts.add(cart, scarf, 1)

    assert sorted(cart.lines.values_list("quantity", "wish")) == [(1, wish.pk), (3, None)]
    order = place(cart=cart)
    assert sorted(order.lines.values_list("quantity", "wish")) == [(1, wish.pk), (3, None)]
    assert Wish.objects.get().bought == 1


def test_what_guests_left_is_cleared_after_more_than_a_year(client, scarf):
    wish_for(client, scarf)
    CartLink.objects.create(expires_at=NOW - timedelta(days=181))
    assert (clear(timezone.now()), CartLink.objects.count(), WishList.objects.count()) == (1, 0, 1)

    assert clear(timezone.now() + timedelta(days=401)) == 1

    assert not WishList.objects.exists()


def test_what_is_no_longer_sold_stays_on_the_list_and_says_so(client, scarf):
    wish_for(client, scarf)
    Product.objects.update(status=Product.Status.ARCHIVED)

    page = client.get(f"/lists/{WishList.objects.get().pk}/").content.decode()

    assert "no longer sold" in page and "Put in the cart" not in page


@pytest.mark.parametrize(
    ("typed", "status", "kept"),
    [
        ("", 422, []),
        ("<script>alert(1)</script>", 200, ["<script>alert(1)</script>"]),
        ("x" * 500, 422, []),
        ("\x00", 422, []),
    ],
)
def test_hostile_names_of_lists_are_mended_or_refused(client, typed, status, kept):
    answer = client.post("/lists/", {"name": typed}, follow=True)

    assert answer.status_code == status
    assert "<script>alert" not in answer.content.decode()
    assert [one.name for one in WishList.objects.all()] == kept
