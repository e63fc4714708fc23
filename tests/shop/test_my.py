import pytest

from customers.consent import grant, may_write
from customers.models import Address
from orders.models import Order
from orders.tokens import token_for
from tests.makers import make_counter, make_customer, make_product, make_variant
from tests.shop.shopper import ADA, order_by, put_in

pytestmark = pytest.mark.django_db
HOME = {name: value for name, value in ADA.items() if name != "email"} | {"country": "ES"}
PAGES = ["/my/", "/my/orders/", "/my/addresses/", "/my/preferences/"]


@pytest.fixture
def ada(client):
    ada = make_customer("ada@example.com", name="Ada Byron")
    client.force_login(ada)
    return ada


def make_address(customer, **fields) -> Address:
    return Address.objects.create(customer=customer, **{**HOME, **fields})


@pytest.mark.parametrize("path", PAGES)
def test_the_account_asks_to_sign_in_first(client, path):
    assert client.get(path).url.startswith("/accounts/login/")


@pytest.mark.parametrize("path", PAGES)
def test_the_pages_of_a_new_account_open(client, ada, path):
    assert client.get(path).status_code == 200


def test_the_last_order_and_its_state_come_first(client, ada):
    make_counter()
    put_in(client, make_variant(make_product("Wool scarf")))
    order_by(client)
    page = client.get("/my/").content.decode()

    order = Order.objects.get()
    assert order.number in page and "waits for your payment" in page and "Wool scarf" in page
    assert f"/orders/{token_for(order)}/" in page


def test_an_order_of_somebody_else_is_not_in_the_list(client, ada):
    make_counter()
    put_in(client, make_variant())
    order_by(client)
    client.force_login(make_customer())

    assert Order.objects.get().number not in client.get("/my/orders/").content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "999", "x", "\x00"])
def test_a_page_that_does_not_exist_shows_one_that_does(client, ada, page):
    assert client.get("/my/orders/", {"page": page}).status_code == 200


def test_the_first_address_is_the_usual_one_and_another_can_become_it(client, ada):
    client.post("/my/addresses/", HOME)
    client.post("/my/addresses/", HOME | {"line1": "Calle Menor 2", "is_default": "on"})

    assert [(entry.line1, entry.is_default) for entry in ada.addresses.all()] == [
        ("Calle Menor 2", True),
        ("Calle Mayor 1", False),
    ]


def test_a_wrong_address_is_told_and_kept(client, ada):
    response = client.post("/my/addresses/", HOME | {"postcode": "x"})
    page = response.content.decode()

    assert "<title>Error:" in page and 'value="Calle Mayor 1"' in page
    assert not ada.addresses.exists()


def test_another_country_is_only_shown(client, ada):
    response = client.post("/my/addresses/", HOME | {"country": "US", "update": "country"})

    assert "ZIP code" in response.content.decode()
    assert not ada.addresses.exists()


def test_an_address_is_changed(client, ada):
    entry = make_address(ada, is_default=True)

    client.post(f"/my/addresses/{entry.pk}/", HOME | {"line1": "Calle Nueva 3"})

    entry.refresh_from_db()
    assert (entry.line1, entry.is_default) == ("Calle Nueva 3", True)


def test_an_address_is_deleted_only_after_asking(client, ada):
    entry = make_address(ada, is_default=True)
    other = make_address(ada)
    assert "Delete this address?" in client.get(f"/my/addresses/{entry.pk}/delete/").content.decode()

    client.post(f"/my/addresses/{entry.pk}/delete/")

    assert list(ada.addresses.all()) == [other]
    assert ada.addresses.get().is_default


@pytest.mark.parametrize("tail", ["", "delete/"])
def test_an_address_of_somebody_else_does_not_exist(client, ada, tail):
    theirs = make_address(make_customer())

    assert client.get(f"/my/addresses/{theirs.pk}/{tail}").status_code == 404
    assert client.post(f"/my/addresses/{theirs.pk}/{tail}", HOME).status_code == 404
    assert Address.objects.filter(pk=theirs.pk).exists()


def test_preferences_are_saved(client, ada):
    client.post("/my/preferences/", {"name": "Ada King", "language": "ru", "news": "on"})

    ada.refresh_from_db()
    assert (ada.name, ada.language) == ("Ada King", "ru")
    assert may_write(ada.email)


def test_news_can_be_switched_off(client, ada):
    grant(ada.email, "marketing", "email", "yes", "test")

    client.post("/my/preferences/", {"name": "Ada", "language": "en"})

    assert not may_write(ada.email)


@pytest.mark.parametrize("language", ["", "xx", "\x00", "en" * 500])
def test_a_language_that_we_do_not_write_is_refused(client, ada, language):
    response = client.post("/my/preferences/", {"name": "Ada", "language": language})

    assert "<title>Error:" in response.content.decode()
    ada.refresh_from_db()
    assert ada.language == "en"
