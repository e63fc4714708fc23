"""Whatever is typed into the forms of the shelves, the office answers with a sentence or keeps it as mere words."""

import pytest

from catalog.actions import listing
from catalog.models import Brand, Collection, Synonym, Tag
from customers.models import Customer
from tests.makers import make_category, make_product, make_variant
from tests.shop.forms import FormReader

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
STRINGS = [
    "\x00",
    "a\x00b",
    SCRIPT,
    "x" * 100_000,
    "9" * 30,
    "-" + "9" * 30,
    "1e309",
    "NaN",
    "{{ 7*7 }}{% load x %}%s%(a)s{0}",
    "\u202eRTL\u200f😀",
    "'; DROP TABLE catalog_product; --",
    "٣",
    "2026-02-30",
    "25:61",
]
ADD = ["brand", "category", "collection", "tag", "option", "attribute", "producttype", "pricelist", "sale", "synonym"]


@pytest.fixture
def office(client):
    client.force_login(Customer.objects.create_superuser("owner@example.com", "correct horse"))
    return client


def try_all(office, page: str) -> None:
    """Post the form a few times, with another string in each of its fields each time."""
    reader = FormReader()
    reader.feed(office.get(page).content.decode())
    form = next(form["fields"] for form in reader.forms if form["action"] == "" and len(form["fields"]) > 1)
    typed = sorted(reader.typed & set(form))

    for turn in range(0, len(STRINGS), 5):
        strings = {name: STRINGS[(place + turn) % len(STRINGS)] for place, name in enumerate(typed)}
        answer = office.post(page, {**form, **strings})
        assert typed and answer.status_code in (200, 302), {name: text[:20] for name, text in strings.items()}


@pytest.mark.parametrize("model", ADD)
def test_no_string_breaks_the_form_that_adds_something_to_the_shelves(office, model):
    try_all(office, f"/admin/catalog/{model}/add/")


def test_no_string_breaks_the_page_of_a_product(office):
    product = make_product("Cup")
    make_variant(product)

    try_all(office, f"/admin/catalog/product/{product.pk}/change/")


def test_markup_in_names_is_shown_as_words_in_the_shop_and_in_the_office(client, office):
    tag, brand = Tag.objects.create(name=SCRIPT), Brand.objects.create(name=SCRIPT, slug="b")
    product = make_product(SCRIPT, slug="cup", category=make_category(SCRIPT, slug="c"), brand=brand)
    product.tags.add(tag)
    make_variant(product, sku="<b>1</b>")
    Collection.objects.create(name=SCRIPT, slug="k")
    Synonym.objects.create(words=SCRIPT)
    listing.refresh([product.pk])
    shop = ["/", "/p/cup/", "/c/c/", "/brands/", "/brands/b/", "/collections/", "/search/", "/search/suggest/"]
    shelves = ["product", "category", "brand", "tag", "collection", "synonym", "stocklevel"]

    for page in [
        *shop,
        *(f"/admin/catalog/{name}/" for name in shelves),
        f"/admin/catalog/product/{product.pk}/change/",
    ]:
        text = office.get(page, {"q": SCRIPT} if "search" in page else {}).content.decode()
        assert "<script>alert" not in text and "<img src=x" not in text, page
