"""What somebody tries who means harm: damaged addresses, guesses at the door, other people's names."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission

from customers import consent
from customers.models import Customer, Mail
from tests.makers import make_counter, make_customer, make_price_list, make_product, make_variant
from tests.shop.shopper import ADA, order_by, put_in

pytestmark = pytest.mark.django_db
TIRED = "Too many failed login attempts"


@pytest.fixture
def left():
    """Ada has left the list."""
    consent.grant(ADA["email"], "marketing", "email", "yes", "test")
    consent.withdraw(ADA["email"], "unsubscribe")


@pytest.mark.parametrize("referrer", ["http://[", "http://[x]/", "\x00", "//"])
@pytest.mark.parametrize("path", ["/", "/cart/", "/media/x.jpg", "/nothing-here/"])
def test_a_damaged_referrer_breaks_no_page(client, path, referrer):
    assert client.get(path, headers={"referer": referrer}).status_code in (200, 404)


@pytest.mark.parametrize("path", ["/media/" + "a" * 300, "/media/" + "a/" * 3000, "/sitemap.xml?part=" + "9" * 5000])
def test_an_endless_name_is_not_found(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["//evil.example/", "/es//evil.example/", "/ru///evil.example/x"])
def test_no_link_to_another_language_leads_to_another_host(client, path):
    page = client.get(path).content.decode()

    assert 'href="//' not in page


def test_guesses_at_the_back_office_are_counted_with_those_at_the_shop(client):
    make_customer("owner@example.com", is_staff=True)
    wrong = {"username": "owner@example.com", "password": "wrong"}
    answers = [client.post("/admin/login/", wrong).content.decode() for _ in range(12)]

    assert TIRED not in answers[0] and TIRED in answers[-1]
    right = {"login": "owner@example.com", "password": "correct horse"}
    assert TIRED in client.post("/accounts/login/", right).content.decode()


def test_staff_signs_in_at_the_back_office_and_customers_do_not(client):
    make_customer("owner@example.com", is_staff=True)
    make_customer("ada@example.com")
    signed = {"password": "correct horse", "next": "/staff/mail/"}

    assert client.post("/admin/login/", signed | {"username": "ada@example.com"}).status_code == 200
    assert client.post("/admin/login/", signed | {"username": "owner@example.com"}).status_code == 302


def test_whoever_left_the_list_is_not_put_back_by_a_stranger_at_the_checkout(client, left):
    make_counter()
    put_in(client, make_variant(make_product(), stock=9), 1)
    order_by(client, news="on")

    assert not consent.may_write(ADA["email"])
    assert Mail.objects.filter(key__startswith="newsletter:", to=ADA["email"]).count() == 1


@pytest.mark.parametrize("verified", [True, False])
def test_whoever_left_the_list_comes_back_by_an_account_only_with_a_proven_address(client, left, verified):
    ada = make_customer(ADA["email"])
    EmailAddress.objects.create(user=ada, email=ada.email, primary=True, verified=verified)
    client.force_login(ada)
    client.post("/my/preferences/", {"name": "Ada", "language": "en", "news": "on"})

    assert consent.may_write(ada.email) == verified


def test_only_the_owner_ties_an_address_to_an_account(client):
    clerk = make_customer(is_staff=True)
    clerk.user_permissions.add(*Permission.objects.filter(codename__endswith="_emailaddress"))
    address = EmailAddress.objects.create(user=make_customer(), email="a@example.com", verified=False)
    client.force_login(clerk)
    pages = [f"/admin/account/emailaddress/{name}/" for name in ("add", f"{address.pk}/delete")]

    assert [client.get(page).status_code for page in pages] == [403, 403]
    client.post(
        "/admin/account/emailaddress/", {"action": "make_verified", "_selected_action": address.pk}, follow=True
    )
    address.refresh_from_db()
    assert not address.verified


@pytest.mark.parametrize("query", ["id__in={}", "created_at__year={}", "level__location__exact={}"])
def test_a_number_that_no_database_holds_breaks_no_list(client, query):
    client.force_login(Customer.objects.create_superuser("owner@example.com", "correct horse"))

    # SQLite cannot hold the number at all; PostgreSQL compares it and finds nothing.
    assert client.get(f"/admin/catalog/stockmovement/?{query.format('9' * 30)}").status_code in (200, 400)


@pytest.mark.parametrize("query", ["date_joined__year=99999", "date_joined__year=-1", "email=%00", "q=%00", "p=%00"])
def test_what_no_calendar_and_no_database_holds_breaks_no_list_of_customers(client, query):
    client.force_login(Customer.objects.create_superuser("owner@example.com", "correct horse"))

    assert client.get(f"/admin/customers/customer/?{query}").status_code in (200, 302, 400)


@pytest.mark.parametrize("ticked", ["\x00", "9" * 30, "x", ""])
def test_a_damaged_list_of_what_was_ticked_breaks_nothing(client, ticked):
    client.force_login(Customer.objects.create_superuser("owner@example.com", "correct horse"))
    make_product()
    sent = {"action": "export_csv", "_selected_action": ticked, "index": ticked, "select_across": ticked}

    assert client.post("/admin/catalog/product/", sent).status_code in (200, 302, 400)


def test_a_damaged_row_of_a_price_list_breaks_nothing(client):
    client.force_login(Customer.objects.create_superuser("owner@example.com", "correct horse"))
    prices = make_price_list({make_variant(make_product()): 900}, currency="EUR")
    rows = {"prices-TOTAL_FORMS": "1", "prices-INITIAL_FORMS": "1", "prices-0-id": "NaN", "prices-0-price_list": "NaN"}

    sent = {"name": "List", "currency": "EUR", "priority": "0", **rows}
    assert client.post(f"/admin/catalog/pricelist/{prices.pk}/change/", sent).status_code in (200, 302, 400)


def test_costs_leave_in_no_export_for_those_who_may_not_see_them(client):
    make_variant(make_product("Vase"), price=9900, cost=1234)
    owner = Customer.objects.create_superuser("owner@example.com", "correct horse")
    clerk = make_customer("clerk@example.com", is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="view_product"))

    def exported(kind: str) -> str:
        page = client.post("/admin/catalog/product/export/", {"kind": kind}).headers["Location"]
        return b"".join(client.get(f"{page}file/").streaming_content).decode()

    for kind in ("csv", "shopify"):
        client.force_login(clerk)
        assert "99.00" in (text := exported(kind)) and "12.34" not in text
        client.force_login(owner)
        assert "12.34" in exported(kind)
    # Nor from what somebody else wrote.
    others = client.post("/admin/catalog/product/export/", {"kind": "csv"}).headers["Location"]
    client.force_login(clerk)
    assert client.get(f"{others}file/").status_code == 404
    assert others not in client.get("/admin/catalog/product/export/").content.decode()


def test_who_may_only_read_customers_sees_no_password_even_scrambled(client):
    clerk = make_customer(is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="view_customer"))
    owner = Customer.objects.create_superuser("owner@example.com", "correct horse")
    client.force_login(clerk)
    page = client.get(f"/admin/customers/customer/{owner.pk}/change/").content.decode()

    assert "owner@example.com" in page
    assert owner.password not in page and owner.password.rpartition("$")[2] not in page
