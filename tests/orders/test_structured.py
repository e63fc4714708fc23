"""E-invoices say what the paper says, by the norm: schema, categories of tax, sums."""

import os
from decimal import Decimal

import pytest
from lxml import etree

from customers.models import ShopDetails
from orders.actions import invoicing, payments
from orders.actions.checkout import payer_of, place_order
from orders.actions.refunds import refund
from orders.models import Invoice, TaxRate
from orders.papers.structured import NotStructured, build
from orders.queries.summary import summarise
from orders.tokens import token_for
from tests.makers import make_cart, make_customer, make_details, make_product, make_promotion, make_variant
from tests.orders.conftest import NOW, place

pytestmark = pytest.mark.django_db
RAM = "{urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100}"


@pytest.fixture(autouse=True)
def shop(db):
    ShopDetails(
        name="Lumbre", legal_name="Lumbre Casa, S. L.", address="Calle 1\nValencia", vat_number="ESB58378431"
    ).save()


@pytest.fixture
def book(counter):
    return make_variant(make_product("Book", tax_class_id="reduced"), price=1999)


def read(invoice: Invoice) -> etree._Element:
    """Its schema was checked while it was built."""
    xml = build(Invoice.objects.get(pk=invoice.pk))
    if folder := os.environ.get("KEEP_XML"):
        with open(f"{folder}/{invoice.number}-{invoice.taxing}.xml", "wb") as file:
            file.write(xml)
    return etree.fromstring(xml)


def told(xml, *names: str) -> list[str]:
    return [node.text for node in xml.iterfind(".//" + "/".join(RAM + name for name in names))]


def categories(xml) -> list[tuple[str, str]]:
    path = ("ApplicableHeaderTradeSettlement", "ApplicableTradeTax")
    return list(zip(told(xml, *path, "CategoryCode"), told(xml, *path, "RateApplicablePercent"), strict=True))


def assert_adds_up(xml, invoice: Invoice) -> None:
    """Lines come to the net, the taxes to the tax, both to the sum: those of the paper."""
    lines = sum(map(Decimal, told(xml, "SpecifiedTradeSettlementLineMonetarySummation", "LineTotalAmount")))
    taxes = sum(map(Decimal, told(xml, "ApplicableHeaderTradeSettlement", "ApplicableTradeTax", "CalculatedAmount")))
    assert lines * 100 == invoice.net and taxes * 100 == invoice.tax
    assert told(xml, "GrandTotalAmount") == [f"{invoice.gross / 100:.2f}"]


def test_several_rates_a_discount_and_delivery(blanket, book):
    make_promotion("WARM")
    cart = make_cart((blanket, 3), (book, 2), codes=["WARM"])
    order = place(cart=cart, language="ru")
    payments.mark_paid(order, now=NOW)

    xml = read(order.invoices.get())

    assert categories(xml) == [("S", "21.00"), ("S", "10.00")]
    assert_adds_up(xml, order.invoices.get())
    assert told(xml, "DuePayableAmount") == ["0.00"] and told(xml, "BilledQuantity") == ["3", "2", "1"]


def test_a_credit_note_names_its_invoice_and_what_is_open_says_how_it_is_paid(blanket):
    order = place((blanket, 2))
    invoice = invoicing.issue(order, NOW)
    xml = read(invoice)
    assert told(xml, "DuePayableAmount") == [f"{invoice.gross / 100:.2f}"]
    assert "Instructions" in told(xml, "SpecifiedTradePaymentTerms", "Description")[0]
    payments.mark_paid(order, now=NOW)
    refund(order.payments.get(), 1000, "a stain", now=NOW)
    credit = order.invoices.get(kind="credit_note")

    xml = read(credit)

    assert told(xml, "TypeCode")[0] == "381" and told(xml, "InvoiceReferencedDocument", "IssuerAssignedID") == [
        invoice.number
    ]
    assert_adds_up(xml, credit)


@pytest.mark.parametrize("is_sent, category", [(True, "K"), (False, "AE")])
def test_a_company_in_another_state_owes_the_tax(blanket, guide, is_sent, category):
    TaxRate.objects.create(country="DE", tax_class_id="standard", rate_bp=1900)
    there = {"country": "DE", "postcode": "10115", "city": "Berlin", "company": "Keramik GmbH"}
    details = make_details(vat_number="DE136695976", **there)
    cart = make_cart(blanket if is_sent else guide)
    total = summarise(cart, "DE", "standard", NOW, payer=payer_of(details)).total
    order = place_order(cart, details, total, NOW)
    invoice = invoicing.issue(order, NOW)

    xml = read(invoice)

    assert categories(xml) == [(category, "0.00")] and "DE136695976" in told(xml, "SpecifiedTaxRegistration", "ID")
    assert_adds_up(xml, invoice)


def test_an_exempt_customer_and_a_parcel_out_of_the_union(blanket):
    embassy = make_customer("embassy@example.com", tax_exempt_reason="Embassy")
    exempt = invoicing.issue(place(cart=make_cart(blanket, customer=embassy), email="embassy@example.com"), NOW)
    abroad = invoicing.issue(place(blanket, country="CH", postcode="8001", city="Zürich"), NOW)

    assert categories(read(exempt)) == [("E", "0.00")]
    assert categories(read(abroad)) == [("G", "0.00")]


def test_buyer_and_office_download_it_and_nobody_else(client, admin_client, blanket):
    order, other = place(blanket), place(blanket)
    invoice = invoicing.issue(order, NOW)
    address = f"/orders/{token_for(order)}/papers/{invoice.number}.xml"

    assert address in client.get(f"/orders/{token_for(order)}/").content.decode()
    mine, office = client.get(address), admin_client.get(f"/admin/orders/invoice/{invoice.pk}/xml/")
    assert mine.content == office.content == build(invoice) and "attachment" in mine["Content-Disposition"]
    assert client.get(address.replace(token_for(order), token_for(other))).status_code == 404


def test_without_a_vat_number_of_the_shop_there_is_none(client, blanket):
    ShopDetails.objects.update(vat_number="")
    order = place(blanket)
    invoice = invoicing.issue(order, NOW)

    with pytest.raises(NotStructured):
        build(invoice)
    assert client.get(f"/orders/{token_for(order)}/papers/{invoice.number}.xml").status_code == 404
