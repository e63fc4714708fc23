import re

import pytest
from django.test import Client

from catalog.models import Product, Variant
from customers.models import Address, Consent, ShopDetails
from orders.models import Cart, DeliveryMethod, Order, Reservation
from shop import carts
from tests.makers import make_counter, make_customer, make_delivery, make_product, make_variant
from tests.shop.forms import fields_of
from tests.shop.shopper import order_by, put_in, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def scarf():
    return make_variant(make_product("Wool scarf"), stock=5, price=4900)


@pytest.fixture
def shopper(client, scarf):
    """A client with two scarves in the cart of a shop that can deliver."""
    make_counter()
    put_in(client, scarf, 2)
    return client


def words(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_an_empty_cart_leads_back_to_the_cart(client):
    assert client.get("/checkout/").url == "/cart/"


def test_a_guest_orders_on_one_page(shopper):
    response = order_by(shopper)

    order = Order.objects.get()
    assert response.status_code == 303 and "/orders/" in response.url
    assert (order.status, order.email, order.total) == ("placed", "ada@example.com", 2 * 4900 + 490)
    assert order.addresses.get().city == "Madrid"
    assert not Cart.objects.open().exists()


def test_the_whole_walk_of_a_guest_takes_a_bounded_number_of_queries(client, scarf, django_assert_max_num_queries):
    make_counter()
    address = scarf.product.get_absolute_url()
    walk(Client(), scarf, address)

    with django_assert_max_num_queries(120):
        page = walk(client, scarf, address)

    assert "Thank you" in words(page)


def walk(client, variant, address):
    """From the shop window to the thanks."""
    client.get("/")
    client.get(address)
    put_in(client, variant)
    client.get("/cart/")
    return client.get(order_by(client).url)


def test_at_most_seven_fields_stand_open(shopper):
    page = shopper.get("/checkout/").content.decode()
    visible = page[: page.index("<details")]

    fields = re.findall(r'<(?:input type="(?:text|email|tel)"|select|textarea)', visible.split('id="checkout"')[1])
    assert len(fields) <= 7


def test_every_field_carries_its_autofill_token(shopper):
    page = shopper.get("/checkout/").content.decode()

    for token in ("email", "shipping name", "shipping country", "shipping address-line1", "shipping postal-code"):
        assert f'autocomplete="{token}"' in page


def test_pressing_the_button_twice_makes_one_order(shopper):
    form = typed(shopper)
    twin = Client()
    twin.cookies = shopper.cookies.copy()

    first = shopper.post("/checkout/", form)
    second = twin.post("/checkout/", form)
    after_going_back = shopper.post("/checkout/", form)

    assert first.url == second.url == after_going_back.url
    assert Order.objects.count() == 1


def test_all_faults_are_told_on_top_and_at_their_places_and_nothing_typed_is_lost(shopper):
    response = order_by(shopper, email="ada", name="", postcode="ABC", line1="Calle Mayor 1")
    page = words(response)

    assert response.status_code == 422
    assert "<title>Error: Checkout" in page
    for target in ("id_email", "id_name", "id_postcode"):
        assert f'href="#{target}"' in page and f'id="{target}_error"' in page
    assert 'value="Calle Mayor 1"' in page and 'value="ABC"' in page
    assert 'role="alert" tabindex="-1" autofocus' in page
    assert not Order.objects.exists()


def test_the_guests_address_is_kept_even_when_other_fields_are_wrong(shopper):
    order_by(shopper, name="")

    assert Cart.objects.get().email == "ada@example.com"


def test_consent_is_asked_unticked_and_kept_word_for_word(shopper):
    assert 'name="news" checked' not in words(shopper.get("/checkout/"))
    order_by(shopper, news="on", name="")
    order_by(shopper, news="on")

    consent = Consent.objects.get()
    assert (consent.email, consent.status, consent.source) == ("ada@example.com", "granted", "checkout")
    assert consent.wording.startswith("Write to me about new things")


def test_without_the_tick_there_is_no_consent(shopper):
    order_by(shopper)

    assert not Consent.objects.exists()


def test_the_dearer_delivery_costs_what_stands_beside_it(shopper):
    make_delivery("express", 990, handling_days=0, min_days=1, max_days=1)

    order_by(shopper, delivery="express")

    assert Order.objects.get().total == 2 * 4900 + 990


def test_the_cheapest_delivery_is_chosen_and_each_has_a_date(shopper):
    make_delivery("express", 990)
    page = words(shopper.get("/checkout/"))

    assert re.search(r'value="standard" id="id_delivery_0" checked', page)
    assert page.count("Arrives ") >= 2


def test_another_country_shows_its_own_address_and_keeps_what_was_typed(shopper):
    response = shopper.post("/checkout/", typed(shopper, country="US", update="country", name="Ada"))
    page = words(response)

    assert response.status_code == 200
    assert "ZIP code" in page and 'value="Ada"' in page and "<title>Error" not in page
    assert not Order.objects.exists()


def test_only_countries_that_we_deliver_to_are_offered(shopper):
    DeliveryMethod.objects.update(countries=["ES", "PT"])
    page = shopper.get("/checkout/").content.decode().split('id="id_billing-country"')[0]

    assert 'value="PT"' in page and 'value="US"' not in page


def test_a_country_that_is_not_offered_is_refused(shopper):
    DeliveryMethod.objects.update(countries=["ES", "PT"])
    response = order_by(shopper, country="US")

    assert response.status_code == 422
    assert "We do not deliver there" in words(response)


def test_a_method_that_does_not_go_there_is_refused_and_another_offered(shopper):
    make_delivery("iberia", 100, countries=["ES"])
    form = typed(shopper, delivery="iberia", country="FR", postcode="75001", city="Paris")
    response = shopper.post("/checkout/", form)

    assert response.status_code == 422
    assert "This way of delivery does not go there" in words(response)
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("country", "raw", "kept"),
    [("GB", "n19gu", "N19GU"), ("PT", "1250096", "1250-096"), ("ES", " 28 013 ", "28013"), ("NL", "1234ab", "1234AB")],
)
def test_postcodes_are_taken_in_any_spacing(shopper, country, raw, kept):
    order_by(shopper, country=country, postcode=raw)

    assert Order.objects.get().addresses.get().postcode == kept


@pytest.mark.parametrize("postcode", ["28013 and more", "x28013", "1", "280130", "28013\n28013x"])
def test_a_postcode_must_fit_as_a_whole(shopper, postcode):
    assert order_by(shopper, postcode=postcode).status_code == 422


@pytest.mark.parametrize(
    ("name", "phone"),
    [
        ("Анна-Мария Ёлкина", "+7 (912) 345-67-89"),
        ("Íñigo Muñoz", "600 123 456"),
        ("李小龍", "０９１２３４５６７"),
        ("O’Neil", ""),
    ],
)
def test_names_and_phones_are_taken_in_any_alphabet(shopper, name, phone):
    order_by(shopper, name=name, phone=phone)

    assert Order.objects.get().addresses.get().name == name


def test_the_region_follows_from_the_postcode(shopper):
    order_by(shopper, postcode="08001", city="Barcelona")

    assert Order.objects.get().addresses.get().region == "Barcelona"


def test_a_region_is_asked_only_where_the_postcode_does_not_tell(shopper):
    assert "id_region" not in words(shopper.get("/checkout/"))

    page = words(shopper.post("/checkout/", typed(shopper, country="AE", update="country")))

    assert 'id="id_region"' in page and "Emirate" in page


def test_another_address_for_the_invoice(shopper):
    billing = {"name": "Byron SL", "line1": "Rua 1", "postcode": "1250-096", "city": "Lisboa", "country": "PT"}
    order_by(shopper, other_billing="on", **{f"billing-{name}": value for name, value in billing.items()})

    kinds = {address.kind: address.name for address in Order.objects.get().addresses.all()}
    assert kinds == {"delivery": "Ada Byron", "billing": "Byron SL"}


def test_a_wrong_address_for_the_invoice_is_told_at_its_place(shopper):
    response = order_by(shopper, other_billing="on", **{"billing-country": "PT", "billing-name": "Byron SL"})

    assert response.status_code == 422
    assert 'href="#id_billing-line1"' in words(response)


def test_a_changed_price_is_shown_and_nothing_ordered_until_agreed(shopper):
    form = typed(shopper)
    Variant.objects.update(price=5900)
    response = shopper.post("/checkout/", form)

    assert response.status_code == 409
    assert "The sum has changed from €102.90 to €122.90" in words(response)
    assert not Order.objects.exists()

    shopper.post("/checkout/", {**form, **fields_of(response, "/checkout/")})
    assert Order.objects.get().total == 12290


@pytest.mark.parametrize("total", [None, "", "-1", "0", "1e9", "9" * 30, "٣", "10289"])
def test_a_total_that_was_not_shown_is_not_charged(shopper, total):
    response = order_by(shopper, **{"total-standard": total})

    assert response.status_code == 409
    assert not Order.objects.exists()


def test_sold_out_while_checking_out(shopper, scarf):
    form = typed(shopper)
    scarf.levels.update(on_hand=1)
    response = shopper.post("/checkout/", form, follow=True)

    assert response.redirect_chain[-1][0] == "/cart/"
    assert "Only 1 piece is left" in words(response)
    assert not Order.objects.exists()


def test_a_variant_deleted_while_checking_out(shopper, scarf):
    form = typed(shopper)
    scarf.delete()
    response = shopper.post("/checkout/", form, follow=True)

    assert "no longer sold" in words(response)


def test_what_is_not_sent_asks_for_no_address(client):
    make_counter()
    put_in(client, make_variant(make_product("Pattern", kind=Product.Kind.DIGITAL), tracks_stock=False))
    page = words(client.get("/checkout/"))

    assert "id_line1" not in page and 'value="on_delivery"' not in page and "id_name" in page

    response = order_by(client, line1=None, postcode=None, city=None)
    order = Order.objects.get()
    assert response.status_code == 303
    assert (order.total, order.fulfilment_status, order.delivery_gross) == (4900, "not_needed", 0)


def test_a_customer_chooses_from_the_address_book(shopper):
    ada = make_customer("ada@example.com", name="Ada")
    home = Address.objects.create(
        customer=ada, name="Ada", line1="Rua 1", postcode="1250-096", city="Lisboa", country="PT", is_default=True
    )
    shopper.post("/accounts/login/", {"login": "ada@example.com", "password": "correct horse"})
    page = words(shopper.get("/checkout/"))
    assert f'value="{home.pk}" id="address-0" checked' in page and "id_email" not in page

    shopper.post("/checkout/", {**fields_of(shopper.get("/checkout/"), "/checkout/"), "payment": "bank_transfer"})

    order = Order.objects.get()
    assert (order.customer, order.email, order.addresses.get().city) == (ada, "ada@example.com", "Lisboa")


def test_nobody_can_send_to_an_entry_of_another_book(shopper):
    theirs = Address.objects.create(
        customer=make_customer(), name="Eve", line1="Secret 1", postcode="28013", city="Madrid", country="ES"
    )
    ada = make_customer("ada@example.com")
    Address.objects.create(customer=ada, name="A", line1="B 1", postcode="28013", city="M", country="ES")
    shopper.post("/accounts/login/", {"login": "ada@example.com", "password": "correct horse"})
    response = order_by(shopper, address=str(theirs.pk))

    assert response.status_code == 422
    assert "Secret" not in words(response)


def test_a_new_address_is_kept_in_the_book(shopper):
    ada = make_customer("ada@example.com")
    shopper.post("/accounts/login/", {"login": "ada@example.com", "password": "correct horse"})
    order_by(shopper, keep="on")

    assert Order.objects.get().customer == ada
    assert ada.addresses.get().line1 == "Calle Mayor 1"


def test_the_order_speaks_the_language_of_the_page(shopper):
    shopper.post("/ru/checkout/", typed(shopper, prefix="/ru"))

    assert Order.objects.get().language == "ru"


def test_an_order_forgets_the_cookie(shopper):
    response = order_by(shopper)

    assert response.cookies[carts.COOKIE].value == ""


def test_pieces_are_held_for_the_order(shopper):
    order_by(shopper)

    assert Reservation.objects.get().quantity == 2


def test_the_form_of_an_expired_session_is_refused_kindly(shopper):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = shopper.cookies.copy()

    response = strict.post("/checkout/", {"email": "ada@example.com"})

    assert response.status_code == 403
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("typed", "status", "texts_to"),
    [
        ({}, 303, ""),
        ({"text_number": "600 12 34 56"}, 303, ""),
        ({"text_me": "on", "text_number": "600 12 34 56"}, 303, "+34600123456"),
        ({"text_me": "on", "phone": "+44 7911 123456"}, 303, "+447911123456"),
        ({"text_me": "on"}, 422, None),
        ({"text_me": "on", "text_number": "12345"}, 422, None),
    ],
)
def test_a_shopper_is_texted_only_at_a_number_he_gave_with_the_tick(client, settings, typed, status, texts_to):
    settings.TEXT_PROVIDER = "customers.texts.log.Log"
    make_counter()
    ShopDetails(name="Lumbre", text_sent=True).save()
    put_in(client, make_variant())

    answer = order_by(client, **typed)

    assert answer.status_code == status
    assert [order.texts_to for order in Order.objects.all()] == ([] if texts_to is None else [texts_to])
    if texts_to is None:
        assert 'href="#id_text_number"' in answer.content.decode()


def test_no_number_is_asked_for_texts_where_nobody_sends_them(client):
    make_counter()
    ShopDetails(name="Lumbre", text_sent=True).save()
    put_in(client, make_variant())

    assert "text_me" not in client.get("/checkout/").content.decode()
