"""Who pays which tax: by place and day, as a company, as somebody exempt, and what the order keeps of it."""

from datetime import date, datetime

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import make_aware

from catalog.models import TaxClass
from customers.models import ShopDetails
from orders.actions import tax_rates
from orders.actions.checkout import TotalChanged, place_order
from orders.actions.payments.request import session_params
from orders.models import Order, TaxRate, TaxRegion
from orders.queries.summary import summarise
from orders.queries.tax_gaps import gaps
from orders.queries.tax_report import tax_report
from orders.tax import Payer, Place, rates, read_number
from orders.tax.provider import provider
from tests.makers import make_cart, make_counter, make_customer, make_details, make_product, make_variant
from tests.orders.conftest import NOW

pytestmark = pytest.mark.django_db
GERMAN, SPANISH = "DE136695976", "ESB58378431"


@pytest.fixture
def counter():
    make_counter()
    for country, rate in (("DE", 1900), ("FR", 2000)):
        TaxRate.objects.create(country=country, tax_class_id="standard", rate_bp=rate)


@pytest.fixture
def plate(counter):
    return make_variant(price=12100)


def place(variant, country="DE", total=None, customer=None, **details):
    cart = make_cart(variant, customer=customer)
    typed = make_details(country=country, postcode="10115", city="Berlin", **details)
    return place_order(cart, typed, total if total is not None else 12100 + 490, NOW)


# The check digits of each country are the business of the library; what is ours is which it is asked.
@pytest.mark.parametrize(("typed", "country", "text"), [
    ("ATU13585627", "", "ATU13585627"), ("BE 0428.759.497", "", "BE0428759497"), ("BG175074752", "", "BG175074752"),
    ("CY10259033P", "", "CY10259033P"), ("CZ25123891", "", "CZ25123891"), ("DE 136.695.976", "", "DE136695976"),
    ("DK13585628", "", "DK13585628"), ("EE100931558", "", "EE100931558"), ("EL094259216", "", "EL094259216"),
    ("ESB58378431", "", "ESB58378431"), ("FI20774740", "", "FI20774740"), ("FR40303265045", "", "FR40303265045"),
    ("HR33392005961", "", "HR33392005961"), ("HU12892312", "", "HU12892312"), ("IE6433435F", "", "IE6433435F"),
    ("IT00743110157", "", "IT00743110157"), ("LT119511515", "", "LT119511515"), ("LU15027442", "", "LU15027442"),
    ("LV40003521600", "", "LV40003521600"), ("MT11679112", "", "MT11679112"), ("NL004495445B01", "", "NL004495445B01"),
    ("PL8567346215", "", "PL8567346215"), ("PT501964843", "", "PT501964843"), ("RO18547290", "", "RO18547290"),
    ("SE123456789701", "", "SE123456789701"), ("SI50223054", "", "SI50223054"), ("SK2022749619", "", "SK2022749619"),
    ("b-58378431", "ES", "ESB58378431"), ("094259216", "GR", "EL094259216"),
])  # fmt: skip
def test_a_vat_number_is_read_as_people_write_it(typed, country, text):
    assert read_number(typed, country).text == text


@pytest.mark.parametrize("typed", [
    "", "DE136695977", "ESB58378432", "US123456789", "EU372000041", "DE", "136695976", "DE1366" * 90, "\x00", "ＤＥ１",
])  # fmt: skip
def test_what_is_no_vat_number_is_none(typed):
    assert read_number(typed) is None


def test_the_rate_of_the_day_holds_and_the_next_one_takes_over_by_itself(counter):
    TaxRate.objects.create(country="ES", tax_class_id="standard", rate_bp=2200, valid_from=date(2027, 1, 1))

    assert rates("ES", date(2026, 12, 31)) == {"standard": 2100, "reduced": 1000}
    assert rates("ES", date(2027, 1, 1)) == {"standard": 2200, "reduced": 1000}


@pytest.mark.parametrize(("postcode", "standard"), [("28013", 2100), ("35 001", None), ("51001", 300)])
def test_a_region_is_taxed_in_its_own_way(counter, postcode, standard, django_assert_num_queries):
    canaries = TaxRegion.objects.create(country="ES", code="ES-CN", name="Canarias", postcodes="35, 38")
    TaxRate.objects.create(country="ES", region=canaries, rate_bp=0)
    ceuta = TaxRegion.objects.create(country="ES", code="ES-CE", name="Ceuta", postcodes="51")
    TaxRate.objects.create(country="ES", region=ceuta, tax_class_id="standard", rate_bp=300)

    found = provider().rates([Place("ES", postcode), Place("DE")], date(2026, 11, 1))
    # What was read holds while the shop is the same: to ask for that is all that is left.
    with django_assert_num_queries(2):
        provider().rates([Place("ES", postcode), Place("DE")], date(2026, 11, 1))

    assert found[0].get("standard") == standard
    assert found[1] == {"standard": 1900}


def test_the_shop_keeps_no_rate_for_everything_that_is_not_zero(counter):
    with pytest.raises(IntegrityError), transaction.atomic():
        TaxRate.objects.create(country="ES", rate_bp=2100)


def test_a_company_in_another_country_of_the_union_pays_net(plate):
    with pytest.raises(TotalChanged) as refusal:
        place(plate, vat_number=GERMAN)

    order = place(plate, vat_number=GERMAN, total=refusal.value.total, company="Keramik GmbH")

    assert (order.taxing, order.vat_number) == (Order.Taxing.REVERSE_CHARGE, GERMAN)
    assert (order.tax_total, order.total) == (0, 10168 + 412)
    assert [(row.country.code, row.rate_bp, row.gross) for row in order.taxes.all()] == [("DE", 0, 10580)]


@pytest.mark.parametrize(("number", "country"), [(SPANISH, "DE"), (GERMAN, "ES"), (GERMAN, "US"), ("DE1", "DE")])
def test_reverse_charge_needs_a_foreign_number_and_goods_that_leave(plate, number, country):
    summary = summarise(make_cart(plate), country, "standard", NOW, payer=Payer(vat_number=number))

    assert summary.tax.is_taxed
    assert summary.total == 12590


def test_who_is_exempt_pays_net_and_only_staff_reads_why(plate, admin_client, client):
    order = place(plate, total=10580, customer=make_customer(tax_exempt_reason="Embassy of Norway"))

    assert (order.taxing, order.tax_total, order.total) == (Order.Taxing.EXEMPT, 0, 10580)
    page = admin_client.get(reverse("admin:orders_order_change", args=[order.pk])).content.decode()
    assert "Embassy of Norway" in page
    from orders.tokens import token_for

    shown = client.get(reverse("order", args=[token_for(order)])).content.decode()
    assert "exempt" in shown and "Embassy" not in shown


def test_what_goes_over_the_wire_is_taxed_where_the_invoice_goes(counter):
    file = make_variant(make_product(kind="digital"), price=1000, tracks_stock=False)
    cart = make_cart(make_variant(price=1000), file)

    summary = summarise(cart, "ES", "standard", NOW, payer=Payer(billing_country="FR"))

    assert [row.rate_bp for row in summary.priced.rows] == [2100, 2000]


def test_a_small_seller_taxes_the_union_as_home(plate):
    ShopDetails(taxes_at_home=True).save()

    summary = summarise(make_cart(plate), "DE", "standard", NOW)

    assert (summary.tax.country, summary.priced.rows[0].rate_bp) == ("ES", 2100)


@pytest.mark.parametrize(("rounding", "include"), [("line", True), ("net", True), ("gross", True), ("net", False)])
def test_an_order_keeps_what_was_reckoned_by_every_rule(counter, rounding, include):
    ShopDetails(prices_include_tax=include, tax_rounding=rounding, delivery_tax="goods").save()
    cart = make_cart(
        *(make_variant(make_product(tax_class_id=code), price=99) for code in ["standard"] * 5 + ["reduced"])
    )
    total = summarise(cart, "ES", "standard", NOW).total

    order = place_order(cart, make_details(), total, NOW)

    rows = list(order.taxes.all())
    assert (sum(r.net for r in rows), sum(r.tax for r in rows), sum(r.gross for r in rows)) == (
        order.net_total, order.tax_total, order.total,
    )  # fmt: skip
    assert {row.rate_bp for row in rows} == {2100, 1000}
    # What a card is asked for adds up, too, whatever the rule.
    order.payments.update(expires_at=NOW)
    asked = session_params(order.payments.get(), "/", "/")["line_items"]
    assert sum(row["price_data"]["unit_amount"] * row["quantity"] for row in asked) == order.total
    assert order.prices_include_tax is include and order.goods_total == 6 * 99


def test_the_list_of_the_union_is_shown_first_and_loading_it_twice_changes_nothing(admin_client, counter, capsys):
    TaxRate.objects.filter(country="DE").update(rate_bp=1800)
    page = reverse("admin:orders_taxrate_from_list")

    shown = admin_client.get(page).content.decode()
    assert "Canarias" in shown and "18\N{NO-BREAK SPACE}%" in shown
    with time_machine.travel(NOW, tick=False):
        admin_client.post(page, {"country": ["DE", "ES"]})

    assert rates("DE", NOW.date())["standard"] == 1900
    assert TaxRate.objects.filter(country="DE", tax_class="standard").count() == 2
    assert not tax_rates.changes(NOW.date(), ["DE", "ES"])
    call_command("load_tax_rates")
    assert not tax_rates.changes(NOW.date())
    assert len({row["country"] for row in tax_rates.known_rates()["countries"]}) == 28


def test_what_is_set_up_wrongly_is_said_to_staff(counter, admin_client):
    books = TaxClass.objects.create(code="books", name="Books", name_en="Books")
    make_product(tax_class=books)

    said = " ".join(gaps(NOW.date()))

    assert "“Books” has no rate in Germany, France, Spain" in said or "“Books” has no rate in" in said
    assert "Portugal" in said or "…" in said
    assert "Books" in admin_client.get(reverse("admin:orders_taxrate_changelist")).content.decode()


def test_a_class_with_goods_or_rates_cannot_be_deleted(admin_client, counter):
    reduced = TaxClass.objects.get(code="reduced")
    make_product(tax_class=reduced)

    admin_client.post(reverse("admin:catalog_taxclass_delete", args=[reduced.pk]), {"post": "yes"})

    assert TaxClass.objects.filter(code="reduced").exists()


def test_the_report_sums_up_by_country_and_rate_on_the_page_and_in_the_file(plate, admin_client):
    place(plate)
    place(plate, vat_number=GERMAN, total=10580, company="Keramik GmbH")
    Order.objects.update(placed_at=make_aware(datetime(2026, 8, 31, 23, 30)))

    found = tax_report(date(2026, 8, 1), date(2026, 8, 31))

    assert [(row.country, row.rate_bp, row.taxing, row.net, row.tax) for row in found] == [
        ("DE", 1900, "taxed", 10580, 2010), ("DE", 0, "reverse_charge", 10580, 0),
    ]  # fmt: skip
    assert not tax_report(date(2026, 9, 1), date(2026, 9, 30))
    address = reverse("admin:orders_taxrate_report") + "?first=2026-08-01&last=2026-08-31"
    assert "€20.10" in admin_client.get(address).content.decode()
    file = admin_client.get(address + "&file=csv").content.decode()
    assert "EUR,DE,19,taxed,1,105.80,20.10,125.90,0.00,0.00" in file
