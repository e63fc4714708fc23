import pytest

from customers.models import ShopDetails
from shop.models import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def returns():
    return Page.objects.create(slug="returns", title="Returns", title_ru="Возврат", body="<p>Thirty days.</p>")


def test_a_page_is_shown_in_its_language(client, returns):
    assert "<p>Thirty days.</p>" in client.get("/pages/returns/").content.decode()
    assert "Возврат" in client.get("/ru/pages/returns/").content.decode()


def test_a_page_that_does_not_exist(client):
    assert client.get("/pages/nothing/").status_code == 404


def test_help_leads_to_every_page_and_to_a_person(client, returns):
    page = client.get("/help/").content.decode()

    assert "/pages/returns/" in page and "/contact/" in page


def test_contact_tells_who_runs_the_shop(client):
    ShopDetails.objects.create(name="Lumbre", email="hola@example.com", phone="+34 960 00", address="Calle 1\nMadrid")
    page = client.get("/contact/").content.decode()

    assert "mailto:hola@example.com" in page and "Calle 1<br>Madrid" in page


def test_contact_works_before_anything_is_filled_in(client):
    assert client.get("/contact/").status_code == 200
