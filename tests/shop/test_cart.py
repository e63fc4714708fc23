import re

import pytest
from django.test import Client
from django.urls import reverse

from catalog.actions import listing
from catalog.models import Option, OptionValue, Product, Sale, StockLevel, Variant
from orders.models import Cart, CartLine
from shop import carts
from tests.makers import make_counter, make_customer, make_delivery, make_product, make_sale, make_variant
from tests.shop.forms import fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def scarf():
    return make_variant(make_product("Wool scarf"), stock=5, price=4900)


def put_in(client, variant, quantity=1, **extra):
    return client.post("/cart/lines/", {"sku": variant.sku, "quantity": quantity}, **extra)


def make_option() -> Option:
    return Option.objects.create(code="colour", name="Colour")


def line_url(line=None):
    return reverse("change-line", args=[(line or CartLine.objects.get()).pk])


def test_looking_at_an_empty_cart_sets_no_cookie(client):
    response = client.get("/cart/")

    assert "Your cart is empty" in response.content.decode()
    assert carts.COOKIE not in response.cookies
    assert not Cart.objects.exists()


def test_adding_leads_to_the_cart_with_two_ways_on(client, scarf):
    response = put_in(client, scarf, 2)
    page = client.get(response.url).content.decode()

    assert response.status_code == 302 and response.url == "/cart/"
    assert "“Wool scarf” is in your cart." in page
    assert 'href="/checkout/"' in page and scarf.product.get_absolute_url() in page
    assert "Cart, 2 items" in page


def test_a_script_gets_the_confirmation_alone(client, scarf):
    response = put_in(client, scarf, 3, headers={"HX-Request": "true"})
    page = response.content.decode()

    assert response.status_code == 200 and "<html" not in page
    assert 'id="added"' in page and "Cart, 3 items" in page
    assert carts.COOKIE in response.cookies


def test_the_cart_cookie_cannot_be_made_up(client, scarf):
    put_in(client, scarf)
    cart = Cart.objects.get()
    client.cookies[carts.COOKIE] = f"{cart.pk}.1:forged"

    assert "Your cart is empty" in client.get("/cart/").content.decode()


def test_a_guest_reads_the_number_in_the_head_without_a_query(client, rf, scarf, django_assert_num_queries):
    put_in(client, scarf, 4)
    request = rf.get("/")
    request.COOKIES = {carts.COOKIE: client.cookies[carts.COOKIE].value}
    from django.contrib.auth.models import AnonymousUser

    request.user = AnonymousUser()

    with django_assert_num_queries(0):
        assert carts.count(request) == 4


@pytest.mark.parametrize("quantity", ["0", "-1", "1000", "9" * 400, "", "two", "1.5", "1e3", "\x00", "NaN", "<b>"])
def test_a_quantity_that_makes_no_sense_adds_nothing_and_says_so(client, scarf, quantity):
    response = put_in(client, scarf, quantity, follow=True)

    assert response.status_code == 200 or response.redirect_chain
    assert not CartLine.objects.exists()
    assert "Write the quantity as a whole number" in client.get("/cart/").content.decode() or (
        "Write the quantity as a whole number" in response.content.decode()
    )


def test_a_wrong_quantity_is_answered_in_the_language_of_the_page(client, scarf):
    put_in(client, scarf, 1)

    response = client.post(f"/es/cart/lines/{CartLine.objects.get().pk}/", {"quantity": "dos"})

    assert "Escribe la cantidad" in response.content.decode()


def test_a_quantity_may_be_written_in_any_digits(client, scarf):
    put_in(client, scarf, "٣")

    assert CartLine.objects.get().quantity == 3


@pytest.mark.parametrize("sku", ["", "no-such", "\x00", "x" * 5000, "'; drop table orders_cart; --"])
def test_an_unknown_sku_is_answered_with_a_sentence(client, sku):
    response = client.post("/cart/lines/", {"sku": sku, "quantity": 1}, headers={"HX-Request": "true"})

    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()


def test_nothing_sent_at_all_is_answered_with_a_sentence(client):
    assert client.post("/cart/lines/", headers={"HX-Request": "1"}).status_code == 422


def test_more_than_there_are_is_refused_with_the_number_left(client, scarf):
    put_in(client, scarf, 2)
    response = put_in(client, scarf, 4, headers={"HX-Request": "true"})

    assert "Only 5 pieces are left. 2 are in your cart already." in response.content.decode()
    assert CartLine.objects.get().quantity == 2


def test_what_is_no_longer_sold_is_not_added(client, scarf):
    Product.objects.update(status=Product.Status.ARCHIVED)

    response = put_in(client, scarf, headers={"HX-Request": "true"})

    assert "no longer sold" in response.content.decode()
    assert not CartLine.objects.exists()


def test_changing_the_quantity(client, scarf):
    put_in(client, scarf)

    response = client.post(line_url(), {"quantity": "3"})

    assert response.status_code == 302
    assert CartLine.objects.get().quantity == 3


def test_a_wrong_quantity_is_told_at_its_line_and_stays_in_the_field(client, scarf):
    put_in(client, scarf)

    response = client.post(line_url(), {"quantity": "many"})
    page = response.content.decode()

    assert response.status_code == 422
    assert "<title>Error:" in page and 'value="many"' in page and 'aria-invalid="true"' in page
    assert CartLine.objects.get().quantity == 1


def test_removing_can_be_undone_with_one_press(client, scarf):
    put_in(client, scarf, 3)
    response = client.post(line_url(), {"quantity": "0"}, follow=True)
    assert "was taken out" in response.content.decode()

    client.post("/cart/lines/", fields_of(response, "/cart/lines/"))

    assert CartLine.objects.get().quantity == 3


def test_a_line_of_somebody_else_cannot_be_touched(client, scarf, django_user_model):
    put_in(client, scarf)
    theirs = line_url()
    client.cookies.clear()
    put_in(client, make_variant())

    assert client.post(theirs, {"quantity": "0"}).status_code == 404
    assert CartLine.objects.count() == 2


def test_the_cart_says_delivery_date_free_delivery_and_tax(client, scarf):
    make_counter()
    make_delivery("kind", 300, free_from=6000)
    put_in(client, scarf)

    page = client.get("/cart/").content.decode()

    assert "from €3.00" in page and "Arrives" in page
    assert "€11.00 more, and delivery is free." in page
    assert "€52.00" in page and "tax is in it" in page


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda v: v.delete(), "no longer sold"),
        (lambda v: Product.objects.update(status="archived"), "no longer sold"),
        (lambda v: v.levels.update(on_hand=0), "has sold out"),
        (lambda v: v.levels.update(on_hand=1), "Only 1 piece is left"),
        (lambda v: type(v).objects.update(price=5900), "from €49.00 to €59.00"),
    ],
)
def test_what_changed_since_is_told_at_the_line(client, scarf, change, sentence):
    put_in(client, scarf, 2)
    change(scarf)

    response = client.get("/cart/")

    assert response.status_code == 200
    assert sentence in response.content.decode()


def test_a_line_whose_variant_was_deleted_can_be_removed(client, scarf):
    put_in(client, scarf)
    scarf.delete()

    response = client.post(line_url(), {"quantity": "0"}, follow=True)

    assert response.status_code == 200
    assert not CartLine.objects.exists()


def test_signing_in_brings_the_cart_along(client, scarf):
    ada = make_customer("ada@example.com")
    put_in(client, scarf, 2)

    client.post("/accounts/login/", {"login": "ada@example.com", "password": "correct horse"})

    assert Cart.objects.get().customer == ada
    assert "Wool scarf" in client.get("/cart/").content.decode()
    assert client.cookies[carts.COOKIE].value == ""


def test_signing_in_on_another_device_shows_both_carts(client, scarf):
    ada = make_customer("ada@example.com")
    client.force_login(ada)
    put_in(client, scarf)
    client.logout()
    client.cookies.clear()
    put_in(client, make_variant(make_product("Teapot")))

    client.post("/accounts/login/", {"login": "ada@example.com", "password": "correct horse"})
    page = client.get("/cart/").content.decode()

    assert "Wool scarf" in page and "Teapot" in page


def test_signing_out_takes_the_customers_cart_off_the_screen(client, scarf):
    client.force_login(make_customer())
    put_in(client, scarf)

    client.post("/accounts/logout/")

    assert "Your cart is empty" in client.get("/cart/").content.decode()


def test_the_cart_costs_few_queries_however_much_is_in_it(client, django_assert_max_num_queries):
    make_counter()
    for _each in range(5):
        put_in(client, make_variant())
    client.get("/cart/")

    with django_assert_max_num_queries(10):
        client.get("/cart/")


def test_who_has_the_same_line_sees_the_same_text_with_a_form_of_his_own(client, scarf):
    other = Client()
    pages = []
    for visitor in (client, other):
        put_in(visitor, scarf)
        pages.append(visitor.get("/cart/").content.decode())

    for page, line in zip(pages, CartLine.objects.order_by("pk"), strict=True):
        assert f'action="{line_url(line)}"' in page and f'id="line-{line.pk}"' in page
        assert "\0" not in page
    tokens = [set(re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)) for page in pages]
    assert tokens[0] and tokens[0].isdisjoint(tokens[1])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda scarf: Variant.objects.filter(pk=scarf.pk).update(price=5000), "€50.00 each"),
        (lambda scarf: Product.objects.update(name_en="Silk scarf"), "Silk scarf</a>"),
        (lambda scarf: StockLevel.objects.update(on_hand=0), "This has sold out since you chose it."),
        (lambda scarf: OptionValue.objects.create(option=make_option(), value="Red").variants.add(scarf), "Red</p>"),
    ],
    ids=["price", "name", "stock", "words"],
)
def test_what_changes_is_seen_in_the_cart_at_once(client, scarf, change, told):
    put_in(client, scarf)
    assert told not in client.get("/cart/").content.decode()

    change(scarf)

    assert told in client.get("/cart/").content.decode()


def test_a_fault_is_told_to_its_visitor_alone(client, scarf):
    put_in(client, scarf)
    page = client.post(line_url(), {"quantity": "many <b>"}).content.decode()
    other = Client()
    put_in(other, scarf)

    assert 'value="many &lt;b&gt;"' in page and 'aria-invalid="true"' in page
    assert "many" not in other.get("/cart/").content.decode()


def test_adding_costs_few_queries(client, scarf, django_assert_max_num_queries):
    put_in(client, make_variant())

    # Ten, and the two ends of a transaction.
    with django_assert_max_num_queries(12):
        put_in(client, scarf)


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_lines_take_only_posts(client, method):
    assert getattr(client, method)("/cart/lines/").status_code == 405


def test_a_line_says_what_it_cost_before_as_its_page_does(client):
    cup = make_variant(make_product("Cup"), price=4900)
    listing.refresh([cup.product_id])
    make_sale(percent=50)
    Sale.objects.update(covers_everything=True)
    listing.refresh([cup.product_id])
    put_in(client, cup)

    page = client.get("/cart/").content.decode()
    product = client.get(cup.product.get_absolute_url()).content.decode()

    assert "€24.50 each" in page and "<s>€49.00</s>" in page and "<s>€49.00</s>" in product
    lowest = "Lowest price of the 30 days before: €49.00"
    assert (lowest in page) is (lowest in product) is True
