"""Prices that another system tells: set or changed, once for each key."""

from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from catalog.actions import listing, price_file, price_updates
from catalog.models import ListPrice, PriceChange, PriceList
from tests.customers.office import clerk_with
from tests.makers import make_product, make_variant

pytestmark = pytest.mark.django_db


@pytest.fixture
def cup(db):
    variant = make_variant(make_product("Cup"), sku="CUP", price=1000)
    listing.refresh([variant.product_id])
    return variant


def run(*args) -> str:
    out = StringIO()
    call_command("set_price", *args, stdout=out)
    return out.getvalue().strip()


def price_of(variant) -> int:
    variant.refresh_from_db()
    return variant.price


def test_a_price_is_set_or_changed_and_the_history_keeps_why(cup):
    assert run("CUP", "12.50") == "CUP: 10.00 -> 12.50 EUR"
    assert run("CUP", "-0.50", "--delta") == "CUP: 12.50 -> 12.00 EUR"
    assert run("CUP", "--delta", "--document", "ERP 7", "--", "5%") == "CUP: 12.00 -> 12.60 EUR"

    entry = PriceChange.objects.first()
    assert (entry.price, entry.reason, entry.note, entry.actor) == (1260, "imported", "ERP 7", "set_price")
    assert cup.product.listing.price_min == 1260


def test_the_same_key_twice_changes_nothing(cup):
    price_updates.apply(cup, "delta", 100, key="a")
    again = price_updates.apply(cup, "delta", 100, key="a")

    assert (again.before, again.after, again.is_repeated) == (1100, 1100, True)
    assert price_of(cup) == 1100


def test_a_key_that_meant_something_else_is_a_mistake(cup):
    price_updates.apply(cup, "delta", 100, key="a")

    with pytest.raises(price_updates.KeyMeantOther):
        price_updates.apply(cup, "set", 100, key="a")
    assert price_of(cup) == 1100


def test_what_is_refused_leaves_its_key_free(cup):
    with pytest.raises(ValueError, match="-1"):
        price_updates.apply(cup, "delta", -1001, key="a")

    assert price_updates.apply(cup, "delta", -1000, key="a").after == 0


def test_another_currency_stands_on_its_list(cup):
    dollars = PriceList.objects.create(name="USD", currency="USD")
    with pytest.raises(CommandError):
        run("CUP", "1", "--delta", "--currency", "usd")

    run("CUP", "15", "--currency", "usd")
    run("CUP", "10%", "--currency", "USD", "--delta")

    assert ListPrice.objects.get(price_list=dollars, variant=cup).price == 1650
    assert price_of(cup) == 1000
    assert PriceChange.objects.filter(currency="USD").first().price == 1650


def test_a_former_price_that_is_no_longer_higher_is_dropped(cup):
    cup.compare_at_price = 1200
    cup.save()

    price_updates.apply(cup, "set", 1200)

    cup.refresh_from_db()
    assert (cup.price, cup.compare_at_price) == (1200, None)


@pytest.mark.parametrize(
    "args",
    [
        ("NONE", "1"), ("CUP", "x"), ("CUP", "5%"), ("CUP", "1.005"), ("CUP", "9" * 40), ("CUP", "1e9999", "--delta"),
        ("CUP", "--delta", "--", "-1001%"), ("CUP", "1", "--currency", "CHF"), ("CUP", "1", "--currency", "xx"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_in_a_sentence(cup, args):
    with pytest.raises(CommandError):
        run(*args)
    assert price_of(cup) == 1000


def test_a_file_is_reported_row_by_row_and_counts_once(cup):
    pot = make_variant(make_product("Pot"), sku="POT", price=2000)
    table = b"sku;price;delta;currency;key\nCUP;12,00;;;\nPOT;;-5%;;\nNONE;1;;;\nPOT;1;1;;\nPOT;;-1;XXQ;\n"

    first = price_file.run(table, "June", "ana")
    again = price_file.run(table, "June", "ana")

    assert (price_of(cup), price_of(pot)) == (1200, 1900)
    assert [bool(row.fault) for row in first] == [False, False, True, True, True]
    assert (first[1].before, first[1].after) == ("€20.00", "€19.00")
    assert again[1].is_repeated and not again[0].fault
    assert PriceChange.objects.filter(variant=pot).first().note == "June"


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"", b"sku\nCUP", b"price\n1", b"sku,price\n\x00,1"])
def test_what_is_no_such_table_is_refused(content):
    with pytest.raises(price_file.NotAFile):
        price_file.run(content, "June")


def test_the_page_books_a_file(client, cup):
    client.force_login(clerk_with("view_pricechange", "change_variant"))
    page = reverse("admin:catalog_pricechange_file")
    assert client.get(page).status_code == 200

    file = SimpleUploadedFile("p.csv", b"sku,price\nCUP,9.90\n<b>,1\n")
    words = client.post(page, {"file": file, "document": "May"}).content.decode()

    assert "€10.00 → €9.90" in words and "&lt;b&gt;" in words and "<b>,1" not in words
    assert page in client.get(reverse("admin:catalog_pricechange_changelist")).content.decode()
    assert price_of(cup) == 990


def test_the_page_is_for_those_who_may_set_prices(client, cup):
    client.force_login(clerk_with("view_pricechange"))

    assert client.get(reverse("admin:catalog_pricechange_file")).status_code == 403
