"""Facts of every kind are said on the product page, in lists and in search, in three languages."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from catalog import attachments, search
from catalog.actions import facts, files
from catalog.actions.facts import NotAnAnswer, tell
from catalog.models import Fact, Listing
from catalog.queries import product as products
from catalog.queries.lists import everything, page_of
from tests.catalog.shelf import attribute_value, listed
from tests.catalog.test_publishing import make_attribute, make_type
from tests.makers import make_product

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n"


def pdf(name: str = "care.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def said(product, language: str = "en") -> dict[str, str]:
    return {fact.name: fact.text for fact in products.read(product.slug, language).facts}


def test_each_kind_is_said_as_its_reader_writes_it(django_assert_max_num_queries):
    product = listed("Cup", slug="cup", attributes=[attribute_value("material", "oak")])
    tell(
        product,
        {
            make_attribute("number", unit="length-centimeter"): Decimal("40.50"),
            make_attribute("yes-no"): True,
            make_attribute("date"): date(2026, 3, 3),
            make_attribute("text"): {"en": "Thrown by hand", "ru": "Сделано на круге"},
            make_attribute("reference"): listed("Saucer", slug="saucer"),
            make_attribute("file"): pdf(content=PDF * 3000),
        },
    )

    assert said(product) == {
        "Material": "Oak",
        "Number": "40.5 cm",
        "Yes-No": "Yes",
        "Date": "3 March 2026",
        "Text": "Thrown by hand",
        "Reference": "Saucer",
        "File": "PDF, 26 kB",
    }
    assert said(product, "es")["Number"] == "40,5 cm"
    assert said(product, "es")["Text"] == "Thrown by hand"
    russian = said(product, "ru")
    assert (russian["Number"], russian["Date"], russian["Text"]) == (
        "40,5 см",
        "3 марта 2026\u202fг.",
        "Сделано на круге",
    )
    with django_assert_max_num_queries(5):
        products.read("cup", "en")


def test_what_is_not_for_shoppers_or_not_published_is_not_said():
    hidden = attribute_value("supplier", "acme")
    hidden.attribute.is_filter, hidden.attribute.is_public = False, False
    hidden.attribute.save()
    product = listed("Cup", attributes=[hidden])
    tell(product, {make_attribute("reference"): make_product("Saucer", status="draft")})

    assert said(product) == {}
    assert list(search.find("acme", "en").ids) == []


def test_facts_stand_in_the_order_of_the_type():
    first, second = make_attribute("number", "a", name="A"), make_attribute("number", "b", name="B", position=1)
    product = listed("Cup", type=make_type(second, first))
    tell(product, {first: Decimal(1), second: Decimal(2)})

    assert list(said(product).values()) == ["2", "1"]


def test_numbers_and_yes_narrow_lists_in_the_order_of_their_size(client):
    width = make_attribute("number", "width", name="Width", unit="length-centimeter", on_card=True)
    washable = make_attribute("yes-no", "washable", name="Washable", on_card=True)
    for number in ("100", "40", "5.5"):
        tell(listed(f"Board {number}"), {width: Decimal(number), washable: number == "40"})

    page = page_of(everything(), {"width": ["40", "5.5"]}, "ru")

    facets = {facet.code: [(choice.value, choice.label) for choice in facet.choices] for facet in page.facets}
    assert facets["width"] == [("5.5", "5,5 см"), ("40", "40 см"), ("100", "100 см")]
    assert [value for value, _label in facets["washable"]] == ["yes", "no"]
    cards = {card.name: card.facts for card in page.cards}
    assert cards == {"Board 40": ("40 см", "Washable"), "Board 5.5": ("5,5 см",)}
    assert "40 cm · Washable" in client.get(reverse("search"), {"q": "board"}).content.decode()


def test_texts_numbers_and_what_is_so_are_found_by_words():
    product = listed("Cup")
    words = {"en": "Glazed with wood ash", "ru": "Глазурь из золы"}
    tell(product, {make_attribute("text"): words, make_attribute("yes-no", name="Dishwasher"): True})

    assert list(search.find("ash", "en").ids) == [product.pk]
    assert list(search.find("золы", "ru").ids) == [product.pk]
    assert list(search.find("dishwasher", "en").ids) == [product.pk]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_an_answer_is_changed_and_taken_back(language):
    product, text = listed("Cup"), make_attribute("text")
    with translation.override(language):
        tell(product, {text: {"en": "One", "es": "", "ru": "Один"}})
        tell(product, {text: {"en": "Two", "es": "Dos", "ru": ""}})
        assert (Fact.objects.get().text_en, said(product, "ru")["Text"]) == ("Two", "Two")

        tell(product, {text: None})
    assert not Fact.objects.exists()


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("number", Decimal("NaN")),
        ("number", Decimal("Infinity")),
        ("number", facts.LARGEST),
        ("number", 4.5),
        ("yes-no", "yes"),
        ("date", "2026-01-01"),
        ("text", {"es": "Solo esto"}),
        ("text", "words"),
        ("choice", Decimal(1)),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_kept(kind, answer):
    product = listed("Cup")
    good = make_attribute("number", "good")

    with pytest.raises(NotAnAnswer):
        tell(product, {good: Decimal(1), make_attribute(kind, "bad"): answer})

    assert not Fact.objects.exists()


def test_the_largest_and_finest_number_is_kept_exactly():
    product = listed("Cup")
    tell(product, {make_attribute("number"): Decimal("-99999999999.9999")})

    assert Fact.objects.get().number == Decimal("-99999999999.9999")
    assert said(product) == {"Number": "-99,999,999,999.9999"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", b"<script>"),
        ("a.pdf", b"<script>"),
        ("a.svg", b"<svg>"),
        ("a.pdf", b""),
        ("a.txt", b"a\0b"),
        ("a", PDF),
    ],
)
def test_a_file_that_is_something_else_is_refused_in_words(name, content):
    with pytest.raises(attachments.NotTaken) as refusal:
        attachments.check(name, len(content), SimpleUploadedFile(name, content))

    assert str(refusal.value).endswith(".")


def test_a_file_is_handed_to_anybody_and_never_opened_as_a_page(client, django_capture_on_commit_callbacks):
    product, care = listed("Cup", slug="cup"), make_attribute("file", "care")
    tell(product, {care: pdf("../../пункт <b>.pdf")})
    fact = Fact.objects.get()
    address = reverse("product-file", args=["cup", fact.pk])

    answer = client.get(address)

    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="cup-care.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert address in client.get(reverse("product", args=["cup"])).content.decode()
    old = fact.path
    with django_capture_on_commit_callbacks(execute=True):
        tell(product, {care: pdf()})
    assert files.size_of(old) is None
    product.status = "draft"
    product.save()
    assert client.get(address).status_code == 404
    assert client.get(reverse("product-file", args=["cup", 999])).status_code == 404


def test_markup_in_a_text_is_only_text(client):
    product = listed("Cup", slug="cup")
    tell(product, {make_attribute("text"): {"en": "<script>alert(1)</script>"}})

    page = client.get(reverse("product", args=["cup"])).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_size_guide_of_its_type_lies_by_the_sizes(client):
    type_ = make_type(size_guide_en="<table><tr><th>M</th></tr></table>", size_guide_es="<p>Mide tu pie</p>")
    listed("Sock", slug="sock", type=type_)

    assert "<th>M</th>" in client.get("/p/sock/").content.decode()
    assert "Mide tu pie" in client.get("/es/p/sock/").content.decode()
    assert "<th>M</th>" in client.get("/ru/p/sock/").content.decode()
    assert Listing.objects.exists()
