"""The merchant's terms, typed as people write them."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from orders.models import ClosedDay, DeliveryMethod, DeliveryZone, TaxRate
from tests.makers import make_customer, make_delivery

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def owner(client):
    client.force_login(make_customer(is_staff=True, is_superuser=True))


def delivery(**fields) -> dict:
    return {
        "name_en": "Home", "name_es": "", "name_ru": "", "is_active": "on", "position": 1, "price": "4,90",
        "free_from": "", "handling_days": 1, "cutoff_hour": 14, "min_days": 1, "max_days": 2, "carrier": "Rayo",
        "tracking_url": "https://r.example/{number}", "kind": "parcel", "counts": "weight", "weekdays": list("01234"),
        "prices-TOTAL_FORMS": 0, "prices-INITIAL_FORMS": 0, **fields,
    }  # fmt: skip


def test_a_delivery_method_keeps_its_countries_and_is_priced_in_major_units(client):
    method = make_delivery(countries=["ES", "PT"])
    address = reverse("admin:orders_deliverymethod_change", args=[method.pk])
    page = client.get(address).content.decode()
    assert 'value="4.90"' in page
    assert page.count("selected") >= 2

    client.post(address, delivery(countries=["ES", "FR"], free_from="60"))
    method.refresh_from_db()
    assert [country.code for country in method.countries] == ["ES", "FR"]
    assert (method.price, method.free_from, method.name_en) == (490, 6000, "Home")


def test_days_that_are_no_range_are_refused(client):
    method = make_delivery()
    response = client.post(
        reverse("admin:orders_deliverymethod_change", args=[method.pk]), delivery(min_days=4, max_days=2)
    )

    assert response.status_code == 200
    assert DeliveryMethod.objects.get().min_days == method.min_days


def test_prices_by_zone_and_weight_are_typed_in_kilograms(client):
    method, zone = make_delivery(), DeliveryZone.objects.create(name="Balearics", countries=["ES"], postcodes="07")
    rows = [{"zone": zone.pk, "up_to": "2,5", "price": "7,90"}, {"zone": zone.pk, "price": "9", "free_from": "90"}]
    typed = {f"prices-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}
    typed |= {f"prices-{n}-currency": "eur" for n in range(2)} | {"prices-TOTAL_FORMS": 2}

    client.post(reverse("admin:orders_deliverymethod_change", args=[method.pk]), delivery(weekdays=["5"], **typed))

    kept = method.prices.values_list("zone", "currency", "up_to", "price", "free_from")
    assert list(kept) == [(zone.pk, "EUR", 2500, 790, None), (zone.pk, "EUR", None, 900, 9000)]
    assert DeliveryMethod.objects.get().weekdays == "5"


@pytest.mark.parametrize(
    "typed", [{"postcodes": "9-1", "countries": ["ES"]}, {"postcodes": "07"}], ids=["no range", "no country"]
)
def test_a_zone_that_can_hold_no_address_is_refused(client, typed):
    body = {"name": "Nowhere", "position": 0, **typed}

    assert client.post(reverse("admin:orders_deliveryzone_add"), body).status_code == 200
    assert not DeliveryZone.objects.exists()


def test_holidays_of_a_country_are_taken_once_and_may_be_left_out(client):
    year = localdate().year
    address = reverse("admin:orders_closedday_holidays") + f"?country=ES&year={year}"
    page = client.get(address).content.decode()
    assert f'value="{year}-12-25"' in page

    for _time in range(2):
        client.post(address, {"day": [f"{year}-12-25", f"{year}-12-24"]})

    assert [(day.day.isoformat(), day.country) for day in ClosedDay.objects.all()] == [(f"{year}-12-25", "ES")]


def test_holidays_have_names_in_the_language_of_whoever_takes_them(client):
    year = localdate().year
    for language in ("en", "es"):
        client.cookies["django_language"] = language
        page = client.get(reverse("admin:orders_closedday_holidays") + f"?country=ES&year={year}").content.decode()
        assert ("Natividad del Señor" if language == "es" else "Christmas Day") in page


@pytest.mark.parametrize(("typed", "kept"), [("21", 2100), ("5,5", 550), ("0", 0)])
def test_a_rate_is_typed_in_percent(client, typed, kept):
    body = {"country": "ES", "tax_class": "standard", "rate_bp": typed}
    client.post(reverse("admin:orders_taxrate_add"), body)

    assert TaxRate.objects.get().rate_bp == kept
    page = client.get(reverse("admin:orders_taxrate_changelist")).content.decode()
    assert f"{kept / 100:g}\N{NO-BREAK SPACE}%" in page


@pytest.mark.parametrize("typed", ["101", "-1", "much", ""])
def test_a_rate_that_cannot_be_is_refused(client, typed):
    body = {"country": "ES", "tax_class": "standard", "rate_bp": typed}

    assert client.post(reverse("admin:orders_taxrate_add"), body).status_code == 200
    assert not TaxRate.objects.exists()
