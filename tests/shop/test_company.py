"""Buying for a company: one number more, and the tax goes where it belongs. Without JavaScript, too."""

import html

import pytest

from customers.models import Mail
from orders.models import Order, TaxRate
from tests.makers import make_counter, make_variant
from tests.shop.forms import fields_of
from tests.shop.shopper import put_in, typed

pytestmark = pytest.mark.django_db
BERLIN = {"country": "DE", "postcode": "10115", "city": "Berlin"}
NUMBER = "DE136695976"


@pytest.fixture
def shopper(client):
    make_counter()
    TaxRate.objects.create(country="DE", tax_class_id="standard", rate_bp=1900)
    put_in(client, make_variant(price=11900))
    return client


def words(response) -> str:
    return html.unescape(response.content.decode())


def test_the_company_is_asked_for_folded_and_does_not_count_among_the_open_fields(shopper):
    page = words(shopper.get("/checkout/"))

    assert '<details class="for-company">' in page and "Buying for a company?" in page


def test_a_foreign_number_is_reckoned_anew_and_ordered_without_tax(shopper):
    form = typed(shopper, **BERLIN, company="Keramik GmbH", vat_number="de 136 695 976")

    shown = shopper.post("/checkout/", {**form, "update": "company"})
    assert "Reverse charge" in words(shown) and "€104.12" in words(shown)
    assert '<details class="for-company" open>' in words(shown) and "Keramik GmbH" in words(shown)
    placed = shopper.post("/checkout/", {**form, **fields_of(shown, "/checkout/")}, follow=True)

    order = Order.objects.get()
    assert (order.taxing, order.vat_number, order.total, order.tax_total) == ("reverse_charge", NUMBER, 10412, 0)
    assert order.addresses.get().company == "Keramik GmbH"
    assert "Reverse charge" in words(placed) and NUMBER in words(placed)
    letter = Mail.objects.get()
    assert "Reverse charge" in letter.text and "Reverse charge" in letter.html and NUMBER in letter.html


def test_without_looking_at_the_new_sum_nothing_is_ordered(shopper):
    answer = shopper.post("/checkout/", typed(shopper, **BERLIN, company="Keramik GmbH", vat_number=NUMBER))

    assert answer.status_code == 409 and "€104.12" in words(answer)
    assert not Order.objects.exists()


def test_a_wrong_number_is_told_at_its_place_and_nothing_typed_is_lost(shopper):
    answer = shopper.post("/checkout/", typed(shopper, **BERLIN, company="Keramik GmbH", vat_number="DE136695977"))

    page = words(answer)
    assert answer.status_code == 422
    assert 'href="#id_vat_number"' in page and "DE136695977" in page and "Keramik GmbH" in page


def test_a_number_needs_the_name_of_its_company(shopper):
    answer = shopper.post("/checkout/", typed(shopper, vat_number="B58378431"))

    assert "Write the name of the company" in words(answer)


def test_a_company_at_home_pays_tax_and_its_number_is_kept(shopper):
    shopper.post("/checkout/", typed(shopper, company="Barro, S. L.", vat_number="B58378431"))

    order = Order.objects.get()
    assert (order.taxing, order.vat_number) == ("taxed", "ESB58378431")
    assert order.tax_total > 0
