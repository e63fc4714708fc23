"""Price lists, sales, groups and history in the back office."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from catalog.actions import listing
from catalog.actions.pricing.list_import import Unreadable, take_over
from catalog.markets import Market
from catalog.models import ListPrice, PriceList, Sale
from catalog.queries.prices import unit_price
from customers.models import CustomerGroup
from tests.makers import make_customer, make_price_list, make_product, make_sale, make_variant

pytestmark = pytest.mark.django_db
RIGHTS = ["view_product", "change_product", "view_variant", "change_variant", "view_sale"]


@pytest.fixture
def office(client):
    client.force_login(make_customer("owner@lumbre.example", is_staff=True, is_superuser=True))
    return client


@pytest.fixture
def vase():
    variant = make_variant(make_product("Vase"), price=9000, sku="VASE")
    listing.refresh([variant.product_id])
    return variant


def text(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("name", ["pricelist", "sale", "pricechange"])
def test_each_list_opens(office, vase, name):
    make_price_list({vase: 100}, currency="USD")
    make_sale(percent=10)

    assert office.get(f"/admin/catalog/{name}/").status_code == 200
    assert office.get("/admin/customers/customergroup/").status_code == 200


def test_a_list_is_made_for_a_group_and_its_price_holds_at_once(office, vase):
    CustomerGroup.objects.create(code="trade", name="Trade")
    fields = {"name": "Trade", "currency": "eur", "group": "trade", "priority": "0", "is_active": "on"}
    office.post("/admin/catalog/pricelist/add/", fields)
    row = PriceList.objects.get()
    inline = {
        "prices-TOTAL_FORMS": "1", "prices-INITIAL_FORMS": "0", "prices-0-variant": vase.pk,
        "prices-0-from_quantity": "10", "prices-0-price": "65,50",
    }  # fmt: skip

    response = office.post(f"/admin/catalog/pricelist/{row.pk}/change/", {**fields, **inline})

    assert response.status_code == 302, text(response)
    assert unit_price(vase.pk, 10, Market("EUR", "trade")).unit == 6550
    assert unit_price(vase.pk, 10, Market("EUR")).unit == 9000


def test_there_are_only_currencies_that_exist(office):
    page = office.post("/admin/catalog/pricelist/add/", {"name": "A", "currency": "ABC", "priority": "0"})

    assert "There is no such currency." in text(page)


def test_a_sale_is_made_previewed_and_marks_what_is_below_cost(office, vase):
    vase.cost = 8000
    vase.save()
    now = timezone.localtime()
    fields = {
        "name_en": "Week", "kind": "percent", "percent": "20", "covers_everything": "on", "is_active": "on",
        "starts_at_0": f"{now:%Y-%m-%d}", "starts_at_1": "00:00:00",
        "prices-TOTAL_FORMS": "0", "prices-INITIAL_FORMS": "0",
    }  # fmt: skip

    response = office.post("/admin/catalog/sale/add/", fields)

    assert response.status_code == 302, text(response)
    assert unit_price(vase.pk).unit == 7200
    page = text(office.get(f"/admin/catalog/sale/{Sale.objects.get().pk}/change/"))
    assert "€72.00" in page and "below its cost of €80.00" in page


def test_costs_are_for_those_who_may_see_them(client, vase):
    vase.cost = 8000
    vase.save()
    clerk = make_customer("clerk@lumbre.example", is_staff=True)
    clerk.user_permissions.add(*Permission.objects.filter(codename__in=RIGHTS))
    sale = make_sale(percent=20, covers_everything=True)
    client.force_login(clerk)

    pages = [f"/admin/catalog/product/{vase.product_id}/change/", f"/admin/catalog/sale/{sale.pk}/change/"]
    assert all("80.00" not in text(client.get(page)) for page in pages)

    clerk.user_permissions.add(Permission.objects.get(codename="view_cost"))
    assert all("80.00" in text(client.get(page)) for page in pages)


def test_a_sale_that_ends_before_it_begins_is_refused_kindly(office):
    fields = {
        "name_en": "Week", "kind": "percent", "percent": "20", "starts_at_0": "2026-11-22", "starts_at_1": "10:00",
        "ends_at_0": "2026-11-21", "ends_at_1": "10:00", "prices-TOTAL_FORMS": "0", "prices-INITIAL_FORMS": "0",
    }  # fmt: skip

    assert "A sale ends after it begins." in text(office.post("/admin/catalog/sale/add/", fields))


def test_deleting_a_sale_brings_the_price_back(office, vase):
    sale = make_sale(percent=20, covers_everything=True, starts_at=timezone.now() - timedelta(hours=1))
    listing.refresh([vase.product_id])
    assert unit_price(vase.pk).unit == 7200

    office.post(f"/admin/catalog/sale/{sale.pk}/delete/", {"post": "yes"})

    assert unit_price(vase.pk).unit == 9000


def test_prices_come_from_a_file_and_each_bad_line_is_named(office, vase):
    row = make_price_list({vase: 10000}, currency="USD")
    lines = "SKU;Price;from_quantity\nVASE;105,00;\nVASE;99.5;10\nNONE;1;1\nVASE;free;2\nVASE;1;0\nVASE;7;10\n"
    file = SimpleUploadedFile("usd.csv", lines.encode())

    page = text(office.post(f"/admin/catalog/pricelist/{row.pk}/prices/", {"file": file}))

    assert "New: 1 · changed: 1 · as before: 0 · not taken: 4" in page
    assert "No variant has this SKU." in page and "“free” is not a price in USD." in page
    assert "The file says this twice." in page
    assert [unit_price(vase.pk, n, Market("USD")).unit for n in (1, 10)] == [10500, 9950]


def test_trying_a_file_writes_nothing(vase):
    row = make_price_list({vase: 10000}, currency="USD")

    report = take_over(row, b"sku,price\nVASE,1\n", dry=True)

    assert report.changed == 1
    assert ListPrice.objects.get().price == 10000


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00", b"name,amount\n", b"", b"sku,price\x00\n", b"\x89PNG"])
def test_what_is_no_such_table_is_refused(vase, raw):
    with pytest.raises(Unreadable):
        take_over(make_price_list({}, currency="USD"), raw)


def test_history_can_only_be_read(office, vase):
    row = vase.price_changes.get()

    assert office.get(f"/admin/catalog/pricechange/{row.pk}/change/").status_code == 200
    assert office.post(f"/admin/catalog/pricechange/{row.pk}/change/", {"price": "1"}).status_code == 403
    assert office.post(f"/admin/catalog/pricechange/{row.pk}/delete/", {"post": "yes"}).status_code == 403


def test_the_page_of_a_product_draws_what_it_has_cost(office, vase):
    vase.price = 8000
    vase.save()
    listing.refresh([vase.product_id])

    page = text(office.get(f"/admin/catalog/product/{vase.product_id}/change/"))

    assert "<polyline" in page and "€90.00" in page and "€80.00" in page


def test_saving_a_product_notes_who_changed_the_price(office, vase):
    listing.refresh([vase.product_id])
    vase.price = 8000
    vase.save()

    from catalog.actions.pricing import Cause

    listing.refresh([vase.product_id], cause=Cause("set", "owner@lumbre.example"))

    newest = vase.price_changes.latest("pk")
    assert (newest.price, newest.reason, newest.actor) == (8000, "set", "owner@lumbre.example")


def test_a_long_price_list_asks_for_its_articles_at_once(office, vase, django_assert_max_num_queries):
    row = make_price_list({vase: 10000, **{make_variant(): 500 for _ in range(6)}}, currency="USD")
    address = f"/admin/catalog/pricelist/{row.pk}/change/"
    office.get(address)

    with django_assert_max_num_queries(14):
        page = text(office.get(address))

    assert f'<option value="{vase.pk}" selected>{vase}</option>' in page.replace("\n", "")
