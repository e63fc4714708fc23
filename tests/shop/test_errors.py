import logging
import re

import pytest
from django.test import Client, override_settings
from django.urls import path

from config import urls
from tests import makers


def breaks(request):
    raise RuntimeError("the pipe burst")


class BrokenHouse:
    """The shop with one address that fails."""

    urlpatterns = [path("breaks/", breaks), *urls.urlpatterns]
    handler500 = urls.handler500


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/es", "/ru"])
def test_a_wrong_address_offers_search_and_the_shelves(client, prefix):
    makers.make_category("Blankets", slug="blankets")

    response = client.get(f"{prefix}/nowhere/")

    page = response.content.decode()
    assert response.status_code == 404
    assert f'action="{prefix}/search/"' in page
    assert f'href="{prefix}/c/blankets/"' in page
    assert '<meta name="robots" content="noindex">' in page


def test_a_fault_of_ours_gives_a_number_and_asks_no_database(caplog):
    client = Client(raise_request_exception=False)

    with override_settings(ROOT_URLCONF=BrokenHouse), caplog.at_level(logging.ERROR, "shop.views.errors"):
        response = client.get("/breaks/")

    page = response.content.decode()
    number = re.search(r"<strong>([0-9a-f]{8})</strong>", page).group(1)
    assert response.status_code == 500
    assert any(number in record.getMessage() for record in caplog.records)
    assert "pipe burst" not in page


@pytest.mark.django_db
def test_an_expired_form_says_what_to_do_and_that_the_cart_is_kept():
    client = Client(enforce_csrf_checks=True)

    response = client.post("/cart/lines/", {"sku": "X", "quantity": "1"})

    page = response.content.decode()
    assert response.status_code == 403
    assert "send it once more" in page
    assert "Your cart is kept" in page


@pytest.mark.django_db
def test_a_foreign_host_name_is_refused_in_words(client):
    response = client.get("/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()
