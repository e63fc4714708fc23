"""A visitor chooses his currency: lists, page, cart, order and money follow, and nothing is converted."""

import pytest
from django.utils import timezone

from catalog.actions import listing
from orders.actions import carts as actions
from orders.actions import checkout
from orders.models import Cart, DeliveryMethod, DeliveryPrice, Order
from orders.queries.summary import summarise
from tests.makers import (
    make_cart,
    make_counter,
    make_customer,
    make_details,
    make_price_list,
    make_product,
    make_variant,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def vase():
    return make_variant(make_product("Vase"), price=9000)


@pytest.fixture
def lamp():
    """Not sold in dollars."""
    return make_variant(make_product("Lamp"), price=5000)


@pytest.fixture
def dollars(vase, lamp):
    made = make_price_list({vase: 10500, (vase, 5): 9900}, currency="USD")
    listing.refresh([vase.product_id, lamp.product_id])
    return made


def choose(client, currency: str, then: str = "/"):
    return client.post("/currency/", {"currency": currency, "next": then})


def page(client, address: str) -> str:
    return client.get(address).content.decode()


def test_one_currency_is_no_choice(client, vase):
    listing.refresh([vase.product_id])

    assert "foot-currencies" not in page(client, "/")


def test_the_foot_offers_what_prices_there_are(client, dollars):
    text = page(client, "/")

    assert "foot-currencies" in text
    assert "USD · US Dollar" in text
    assert 'value="EUR" aria-current="true"' in text


def test_lists_and_pages_follow_the_choice_and_leave_out_what_is_not_sold_so(client, dollars, vase, lamp):
    assert "€90.00" in page(client, "/search/") and "Lamp" in page(client, "/search/")

    assert choose(client, "USD", "/search/")["Location"] == "/search/"

    text = page(client, "/search/")
    assert "$105.00" in text and "€90.00" not in text
    assert "Lamp" not in text
    assert "$105.00" in page(client, vase.product.get_absolute_url())


def test_a_product_without_a_price_says_so_and_cannot_be_bought(client, dollars, lamp):
    choose(client, "USD")

    text = page(client, lamp.product.get_absolute_url())

    assert "This is not sold in USD." in text
    assert "Put in the cart" not in text
    assert "€50.00" not in text and "$50.00" not in text
    response = client.post("/cart/lines/", {"sku": lamp.sku, "quantity": 1}, headers={"HX-Request": "true"})
    assert response.status_code == 422
    assert not Cart.objects.filter(lines__isnull=False).exists()


def test_structured_data_say_the_price_and_currency_shown(client, dollars, vase):
    choose(client, "USD")

    text = page(client, vase.product.get_absolute_url())

    assert '"price": "105.00", "priceCurrency": "USD"' in text
    assert (
        '<meta property="product:price:amount" content="105.00"><meta property="product:price:currency" content="USD">'
        in text
    )


def test_a_link_with_a_currency_shows_it_and_is_remembered(client, dollars, vase):
    assert "$105.00" in page(client, f"{vase.product.get_absolute_url()}?currency=USD")
    assert "$105.00" in page(client, vase.product.get_absolute_url())


@pytest.mark.parametrize("wish", ["XXX", "JPY", "", "usd", "USD'--", "💶" * 50])
def test_a_currency_that_is_not_offered_changes_nothing(client, dollars, vase, wish):
    choose(client, wish)

    assert "€90.00" in page(client, vase.product.get_absolute_url())
    assert "€90.00" in page(client, f"{vase.product.get_absolute_url()}?currency={wish}")


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_form_leads_nowhere_else(client, dollars, elsewhere):
    assert choose(client, "USD", elsewhere)["Location"] == "/"


def test_the_cart_changes_with_the_currency_and_names_what_is_not_sold_so(client, dollars, vase, lamp):
    make_counter()
    for variant in (vase, lamp):
        client.post("/cart/lines/", {"sku": variant.sku, "quantity": 1})

    response = client.post("/currency/", {"currency": "USD", "next": "/cart/"}, follow=True)

    text = response.content.decode()
    assert "In your cart, this is not sold in USD: Lamp" in text
    assert "This is not sold in USD. Remove it" in text
    assert "$105.00" in text
    assert "The price has changed" not in text
    assert not summarise(Cart.objects.get()).can_be_ordered


def test_the_unit_price_follows_the_quantity(dollars, vase):
    cart = make_cart((vase, 4), currency="USD")
    assert summarise(cart).lines[0].unit_price == 10500

    actions.set_quantity(cart.lines.get(), 5)

    line = summarise(cart).lines[0]
    assert (line.unit_price, line.gross, line.problem) == (9900, 49500, None)


def test_an_order_is_made_and_paid_in_the_currency_of_its_cart(dollars, vase):
    make_counter()
    DeliveryPrice.objects.create(method=DeliveryMethod.objects.get(), currency="USD", price=1500)
    cart = make_cart(vase, currency="USD")

    order = checkout.place_order(cart, make_details(), 12000)

    payment = order.payments.get()
    assert (order.currency, order.total, order.delivery_gross) == ("USD", 12000, 1500)
    assert (payment.currency, payment.amount) == ("USD", 12000)


def test_a_delivery_without_a_price_in_the_currency_is_not_offered(dollars, vase):
    make_counter()
    cart = make_cart(vase, currency="USD")

    assert summarise(cart).offers == ()
    with pytest.raises(checkout.NotDelivered):
        checkout.place_order(cart, make_details(), 10500)
    assert not Order.objects.exists()


def test_the_same_number_in_another_currency_is_not_what_was_shown(client, vase):
    make_counter()
    make_price_list({vase: 9000}, currency="USD")
    DeliveryPrice.objects.create(method=DeliveryMethod.objects.get(), currency="USD", price=490)
    listing.refresh([vase.product_id])
    client.post("/cart/lines/", {"sku": vase.sku, "quantity": 1})
    form = {
        "name": "Ada Byron", "email": "ada@example.com", "line1": "Calle Mayor 1", "postcode": "28013",
        "city": "Madrid", "country": "ES", "delivery": "standard", "payment": "bank_transfer",
        "total-standard": "9490", "currency": "EUR",
    }  # fmt: skip
    choose(client, "USD")

    response = client.post("/checkout/", form)

    assert response.status_code == 409
    assert not Order.objects.exists()


def test_a_sale_that_begins_during_the_checkout_changes_the_total_and_nothing_is_ordered(vase):
    from tests.makers import make_sale

    make_counter()
    cart = make_cart(vase)
    make_sale(percent=20, starts_at=timezone.now(), covers_everything=True)
    listing.refresh([vase.product_id])

    with pytest.raises(checkout.TotalChanged) as refusal:
        checkout.place_order(cart, make_details(), 9490)

    assert refusal.value.total == 7690
    assert not Order.objects.exists()


def test_a_member_of_a_group_sees_its_prices_after_signing_in(client, vase):
    from customers.models import CustomerGroup

    CustomerGroup.objects.create(code="trade", name="Trade")
    make_price_list({vase: 7500, (vase, 10): 6500}, group="trade")
    listing.refresh([vase.product_id])
    address = vase.product.get_absolute_url()
    assert "€90.00" in page(client, address)

    client.force_login(make_customer(group_id="trade"))

    text = page(client, address)
    assert "€75.00" in text and "€65.00" in text and "10 pieces" in text
    assert "€75.00" in page(client, "/search/")


def test_a_guest_takes_his_currency_along_when_he_signs_in(dollars, vase):
    ada = make_customer()
    own, guest = make_cart(customer=ada), make_cart(vase, currency="USD")

    merged = actions.merge(guest, ada)

    assert (merged, merged.currency) == (own, "USD")
    assert summarise(merged).total == 10500


def test_without_a_choice_no_page_asks_for_more(client, dollars, vase, django_assert_max_num_queries):
    address = vase.product.get_absolute_url()
    client.get(address), client.get("/search/")

    with django_assert_max_num_queries(7):
        client.get(address)
    with django_assert_max_num_queries(3):
        client.get("/search/")


def test_another_currency_costs_one_query_more(client, dollars, vase, django_assert_max_num_queries):
    choose(client, "USD")
    address = vase.product.get_absolute_url()
    client.get(address), client.get("/search/")

    with django_assert_max_num_queries(8):
        client.get(address)
    with django_assert_max_num_queries(4):
        client.get("/search/")
