"""The search page: article numbers go straight to the product, and searches are counted without naming anybody."""

import pytest
from django.urls import reverse

from catalog.models import SearchCount, Variant
from catalog.search import noting
from catalog.tasks import note_searches
from tests.catalog.shelf import listed

pytestmark = pytest.mark.django_db
AGENT = {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}


def counted() -> dict[str, tuple]:
    noting.hand_over(note_searches, now=True)
    return {row.words: (row.times, row.results, row.choices) for row in SearchCount.objects.all()}


@pytest.mark.parametrize("typed", ["CUP-1/A", "cup-1/a", "8412345678905", "84 1234 567890 5"])
def test_an_article_number_or_barcode_leads_to_its_product(client, typed):
    listed("Cup", sku="CUP-1/A", slug="cup")
    Variant.objects.update(barcode="8412345678905")

    answer = client.get("/search/", {"q": typed})

    assert (answer.status_code, answer["Location"]) == (302, "/p/cup/?sku=CUP-1%2FA")


def test_a_number_that_others_have_in_their_name_is_a_list(client):
    listed("Plate", sku="300")
    listed("Cup 300")

    assert client.get("/search/", {"q": "300"}).status_code == 200


def test_a_search_is_counted_once_whatever_is_done_with_its_list(client):
    listed("Cup")
    client.get("/search/", {"q": "Cup"}, **AGENT)
    client.get("/search/", {"q": "Cup", "sort": "newest"}, **AGENT)
    client.get("/search/", {"q": "Cup"}, HTTP_HX_REQUEST="true", **AGENT)
    client.get("/search/", {"q": "Cup"}, HTTP_USER_AGENT="Googlebot/2.1")

    assert counted() == {"cup": (1, 1, 0)}


def test_the_product_that_was_chosen_is_counted(client):
    listed("Cup", slug="cup")
    client.get("/es/search/", {"q": "Cup"}, **AGENT)
    client.get("/es/p/cup/", HTTP_REFERER="http://testserver/es/search/?q=Cup&page=2", **AGENT)
    client.get("/es/p/cup/", HTTP_REFERER="http://elsewhere.example/search/?q=Cup", **AGENT)
    client.get("/es/p/cup/", HTTP_REFERER="http://[broken/search/?q=Cup", **AGENT)

    assert counted() == {"cup": (1, 1, 1)}


def test_counting_costs_the_page_no_query(client, django_assert_max_num_queries):
    listed("Cup")
    client.get("/search/", {"q": "plate"}, **AGENT)

    # The seventh is the fact in the log of events, written once the answer was sent.
    with django_assert_max_num_queries(7):
        client.get("/search/", {"q": "cup"}, **AGENT)


def test_the_report_is_for_those_who_may_read_it(client):
    assert client.get(reverse("admin:catalog_searchcount_changelist")).status_code == 302
