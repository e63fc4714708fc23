import re
from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone

from catalog.models import DigitalFile, Product
from customers.models import Customer
from orders.models import Order, Shipment
from orders.tokens import SALT, token_for
from tests.makers import make_counter, make_customer, make_product, make_variant
from tests.shop.shopper import order_by, put_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(client):
    make_counter()
    put_in(client, make_variant(make_product("Wool scarf")), 2)
    order_by(client)
    return Order.objects.get()


def page_of(client, order) -> str:
    return re.sub(r"\s+", " ", client.get(f"/orders/{token_for(order)}/").content.decode())


def test_the_first_view_says_thank_you_and_what_comes_next(client, order):
    page = page_of(client, order)

    assert "Thank you" in page and order.number in page and "ada@example.com" in page
    assert "Arrives" in page and "Please transfer €102.90" in page
    assert "Instructions for bank transfer" in page and "Calle Mayor 1" in page
    assert "tax on" in page and "Placed" in page


def test_reloading_the_page_of_thanks_orders_nothing(client, order):
    page_of(client, order)
    page_of(client, order)

    assert Order.objects.count() == 1


def test_later_the_page_is_only_that_of_the_order(client, order):
    Order.objects.update(placed_at=timezone.now() - timedelta(days=2))
    page = page_of(client, order)

    assert "Thank you" not in page and f"Order {order.number}" in page


@pytest.mark.parametrize("token", ["x", "1", "0" * 32, "%00", "a:b:c", "..%2F..", "é"])
def test_a_made_up_link_finds_nothing(client, order, token):
    assert client.get(f"/orders/{token}/").status_code == 404


def test_a_link_signed_with_another_key_or_for_another_purpose_finds_nothing(client, order):
    forged = signing.Signer(key="other", salt=SALT).sign(order.uid.hex)
    foreign = signing.Signer(salt="marketing").sign(order.uid.hex)

    assert client.get(f"/orders/{forged}/").status_code == 404
    assert client.get(f"/orders/{foreign}/").status_code == 404


def test_the_page_is_kept_by_nobody_and_told_to_nobody(client, order):
    response = client.get(f"/orders/{token_for(order)}/")

    assert "noindex" in response.headers["X-Robots-Tag"]
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == "same-origin"


def test_a_parcel_can_be_followed(client, order):
    Shipment.objects.create(order=order, carrier="Post", tracking_number="T1", tracking_url="https://post.example/T1")
    Order.objects.update(fulfilment_status="partly")

    page = page_of(client, order)

    assert "https://post.example/T1" in page and "Follow parcel T1" in page


def test_a_cancelled_order_says_so(client, order):
    Order.objects.update(status="cancelled", cancelled_at=timezone.now())

    assert "This order was cancelled" in page_of(client, order)


# An account after the order


def open_account(client, order, password="a fine long sentence"):
    return client.post(f"/orders/{token_for(order)}/", {"password": password})


def test_an_account_takes_only_a_password_and_brings_this_order_alone(client, order):
    older = Order.objects.get(pk=order.pk)
    older.pk, older.uid, older.number, older.cart = None, "0" * 31 + "1", "OLD-1", None
    older.save()

    open_account(client, order)

    ada = Customer.objects.get()
    assert ada.email == "ada@example.com" and ada.check_password("a fine long sentence")
    assert list(ada.orders.all()) == [order]
    assert ada.addresses.get().is_default
    assert client.get("/my/").status_code == 200


def test_older_orders_come_along_once_the_address_is_proven(client, order):
    from allauth.account.models import EmailAddress, EmailConfirmationHMAC

    older = Order.objects.get(pk=order.pk)
    older.pk, older.uid, older.number, older.cart = None, "0" * 31 + "1", "OLD-1", None
    older.save()
    open_account(client, order)

    key = EmailConfirmationHMAC(EmailAddress.objects.get()).key
    client.post(f"/accounts/confirm-email/{key}/")

    assert Customer.objects.get().orders.count() == 2


def test_a_weak_password_is_refused_at_its_place(client, order):
    response = open_account(client, order, "12345")

    assert 'id="id_password_error"' in response.content.decode()
    assert "<title>Error:" in response.content.decode()
    assert not Customer.objects.exists()


def test_an_address_that_has_an_account_is_asked_to_sign_in(client, order):
    make_customer("Ada@example.com")
    assert "This address has an account" in page_of(client, order)

    open_account(client, order)

    assert Customer.objects.count() == 1
    assert Order.objects.get().customer is None


def test_opening_the_account_twice_opens_one(client, order):
    open_account(client, order)
    client.logout()
    open_account(client, order)

    assert Customer.objects.count() == 1


# Files


@pytest.fixture
def pattern(client, settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path / "private"
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "apron.pdf").write_bytes(b"%PDF apron")
    (tmp_path / "secret.txt").write_bytes(b"secret")
    make_counter()
    product = make_product("Apron pattern", kind=Product.Kind.DIGITAL)
    file = DigitalFile.objects.create(product=product, name="Apron", path="apron.pdf")
    put_in(client, make_variant(product, tracks_stock=False))
    order_by(client, line1=None, postcode=None, city=None)
    return file


def download(client, file):
    return client.get(f"/orders/{token_for(Order.objects.get())}/files/{file.pk}/")


def pay() -> None:
    Order.objects.update(payment_status="paid", paid_at=timezone.now())


def test_a_file_waits_for_the_payment(client, pattern):
    assert download(client, pattern).status_code == 404
    assert "as soon as the payment is in" in page_of(client, Order.objects.get())


def test_a_paid_file_is_handed_over(client, pattern):
    pay()
    response = download(client, pattern)

    assert b"".join(response.streaming_content) == b"%PDF apron"
    assert 'filename="Apron.pdf"' in response.headers["Content-Disposition"]
    assert "Download Apron" in page_of(client, Order.objects.get())


@pytest.mark.parametrize("path", ["../secret.txt", "/etc/passwd", "no-such.pdf", "", ".", "apron.pdf/../../secret.txt"])
def test_a_path_never_leads_out_of_the_private_folder(client, pattern, path):
    pay()
    DigitalFile.objects.update(path=path)

    assert download(client, pattern).status_code == 404


def test_a_file_of_another_product_is_not_handed_over(client, pattern):
    pay()
    other = DigitalFile.objects.create(product=make_product(), name="Other", path="apron.pdf")

    assert download(client, other).status_code == 404
