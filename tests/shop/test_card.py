import pytest

from catalog.models import StockLevel
from orders.models import Order, Payment
from orders.tokens import token_for
from tests.makers import make_counter, make_product, make_variant
from tests.shop.shopper import order_by, put_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def shopper(client, stripe):
    make_counter()
    put_in(client, make_variant(make_product("Wool scarf"), stock=5), 2)
    return client


def url(name="") -> str:
    return f"/orders/{token_for(Order.objects.get())}/{name}"


def reserved() -> int:
    return StockLevel.objects.get().reserved


def test_paying_by_card_leaves_for_the_card_page_and_comes_back_to_thanks(shopper, stripe):
    response = order_by(shopper, payment="card")
    assert response.status_code == 303 and response.url.startswith(stripe.url)

    stripe.pay(Payment.objects.get().session_id)
    page = shopper.get(url("paid/"), follow=True)

    assert Order.objects.get().payment_status == "paid"
    assert "Thank you" in page.content.decode() and "€102.90 paid." in page.content.decode()
    assert shopper.get("/cart/").content.decode().count("Your cart is empty") == 1


def test_coming_back_twice_changes_nothing(shopper, stripe):
    order_by(shopper, payment="card")
    stripe.pay(Payment.objects.get().session_id)

    shopper.get(url("paid/"))
    number = Order.objects.get().number
    shopper.get(url("paid/"))

    assert Order.objects.get().number == number
    assert Payment.objects.get().captured == 10290


def test_coming_back_before_the_bank_has_answered_shows_a_page_that_looks_again(shopper):
    order_by(shopper, payment="card")
    response = shopper.get(url("paid/"))

    assert "We are waiting for your bank" in response.content.decode()
    assert response.headers["Refresh"]
    assert Order.objects.get().status == "pending"


def test_whoever_claims_to_have_paid_is_not_believed(shopper):
    order_by(shopper, payment="card")

    shopper.get(url("paid/") + "?session_id=cs_test_other&paid=1")

    assert Order.objects.get().payment_status == "unpaid"


def test_giving_up_on_the_card_page_keeps_the_cart_and_offers_both_ways(shopper, stripe):
    order_by(shopper, payment="card")
    page = shopper.get(url("pay/")).content.decode()
    assert "Nothing was charged" in page and 'href="/checkout/"' in page

    again = shopper.post(url("pay/"))
    assert again.status_code == 303 and again.url.startswith(stripe.url)

    assert "Wool scarf" in shopper.get("/cart/").content.decode()


def test_choosing_another_way_after_the_card_page_makes_one_order(shopper):
    order_by(shopper, payment="card")
    page = shopper.get("/checkout/").content.decode()
    assert 'value="Calle Mayor 1"' in page

    order_by(shopper, payment="bank_transfer")

    assert list(Order.objects.exclude(status="cancelled").values_list("status", flat=True)) == ["placed"]
    assert reserved() == 2


def test_going_back_to_a_card_payment_that_was_made_shows_the_order(shopper, stripe):
    order_by(shopper, payment="card")
    stripe.pay(Payment.objects.get().session_id)

    response = shopper.get(url("pay/"), follow=True)

    assert "Thank you" in response.content.decode()


def test_when_the_provider_is_away_all_is_kept_and_the_pieces_are_free(shopper, settings):
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    response = order_by(shopper, payment="card")
    page = response.content.decode()

    assert response.status_code == 422
    assert "Cards cannot be taken at this moment" in page and 'value="Calle Mayor 1"' in page
    assert reserved() == 0
    order_by(shopper, payment="bank_transfer")
    assert Order.objects.get(status="placed").total == 10290


def test_an_order_that_is_not_paid_yet_has_no_page_of_thanks(shopper):
    order_by(shopper, payment="card")

    assert shopper.get(url()).url == url("pay/")


def test_without_a_key_cards_are_not_offered(shopper, settings):
    settings.STRIPE_SECRET_KEY = ""

    assert 'value="card"' not in shopper.get("/checkout/").content.decode()
    assert order_by(shopper, payment="card").status_code == 422
