"""Search finds what people mean, in each language, and forgives a slip."""

from pathlib import Path

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.actions import listing
from catalog.models import Brand, Product, SearchDocument, SearchWord
from catalog.queries import lists
from catalog.search import find, suggest
from catalog.search.find import Match
from tests.catalog.shelf import attribute_value, listed, option_value, unlisted
from tests.makers import make_category

pytestmark = pytest.mark.django_db

HOSTILE = [
    "", " ", '"', "'", "''", '"""', "*", "(", ")", "AND", "OR NOT", "NEAR(a b)", "title:cup", "-cup", "^cup", "cup*",
    "cup\x00plate", "\x00", "\ud800", "%", "%s", "_", "\\", "'; DROP TABLE catalog_product; --", "a" * 10_000,
    "а " * 5_000, "👩‍👩‍👧‍👦 cup", "‮cup", "ﷺ" * 300, "²", "Ⅷ", "1e999", "{{7*7}}", "<script>", "ß", "ı", "ſ", "ñ" * 50,
    "a&b|c!d:*A", "cup & | !", "中文字", "हिन्दी", "\u0301", "K", "....", "SKU-1' OR 1=1",
]  # fmt: skip


def found(words: str, language: str = "en") -> list[str]:
    ids = find(words, language).ids
    names = dict(Product.objects.filter(pk__in=ids).values_list("pk", "name"))
    return [names[pk] for pk in ids]


def shop() -> None:
    table = make_category("Table", name_es="La mesa", name_ru="Стол")
    cups = make_category("Cups", parent=table, name_es="Tazas", name_ru="Чашки")
    horno = Brand.objects.create(name="Horno Quedo", slug="horno-quedo")
    listed("House mug", category=cups, brand=horno, sku="MUG-01/A", name_es="La taza", name_ru="Домашняя кружка")
    home = make_category("Home")
    listed(
        "Wool blanket", category=home, summary="Warm.", name_es="Manta de lana", name_ru="Шерстяное одеяло", sku="WB2"
    )
    listed("Soap", category=home, description="<p>Smells of <b>lemon</b></p>", name_es="Jabón", name_ru="Мыло")
    listed(
        "Linen cloth",
        category=home,
        options=[option_value("colour", "oat")],
        attributes=[attribute_value("material", "flax")],
    )


@pytest.mark.parametrize(
    ("language", "words", "name"),
    [
        ("en", "blankets", "Wool blanket"),
        ("en", "BLANKET wool", "Wool blanket"),
        ("en", "blan", "Wool blanket"),
        ("en", "lemon", "Soap"),
        ("en", "cups", "House mug"),
        ("en", "table", "House mug"),
        ("en", "quedo mug", "House mug"),
        ("en", "oat", "Linen cloth"),
        ("en", "flax", "Linen cloth"),
        ("en", "MUG-01/A", "House mug"),
        ("en", "mug-01/a", "House mug"),
        ("en", "wb2", "Wool blanket"),
        ("es", "jabones", "Soap"),
        ("es", "jabon", "Soap"),
        ("ru", "мыла", "Soap"),
        ("ru", "одеяла", "Wool blanket"),
        ("ru", "кружки", "House mug"),
    ],
)
def test_what_is_meant_is_found(language, words, name):
    shop()

    assert found(words, language) == [name]
    assert find(words, language).match == Match.ALL


@pytest.mark.parametrize(
    ("language", "words", "name", "mended"),
    [
        ("en", "blankte", "Wool blanket", "blanket"),
        ("en", "wool blaket", "Wool blanket", "wool blanket"),
        ("en", "linnen", "Linen cloth", "linen"),
        ("es", "javon", "Soap", "jabon"),
        ("ru", "адеяло", "Wool blanket", "одеяло"),
        ("ru", "мылоо", "Soap", "мыло"),
    ],
)
def test_one_slip_is_forgiven_and_told(language, words, name, mended):
    shop()

    answer = find(words, language)

    assert found(words, language) == [name]
    assert (answer.match, answer.did_you_mean) == (Match.MENDED, mended)


def test_words_of_another_language_are_found_before_a_spelling_is_mended():
    listed("Linen cloth", name_es="Paño de lino", name_ru="Льняная ткань")
    listed("Lined box", name_es="Caja forrada", name_ru="Коробка lined с подкладкой")

    answer = find("linen cloth", "ru")

    assert found("linen", "ru") == found("paño de lino", "ru") == found("ткань", "en") == ["Linen cloth"]
    assert (answer.match, answer.did_you_mean) == (Match.ALL, "")


def test_when_nothing_has_all_words_any_will_do():
    shop()

    assert set(found("soap xylophone")) == {"Soap"}
    assert find("soap xylophone", "en").match == Match.ANY


def test_nothing_is_found_for_what_is_not_there():
    shop()

    answer = find("xylophone", "en")

    assert (list(answer.ids), answer.match, answer.did_you_mean) == ([], Match.NONE, "")


def test_a_word_in_the_name_weighs_more_than_one_in_the_text():
    listed("Cloth", summary="Goes with a cup")
    listed("Cup")
    listed("Mat", summary="For your cup")

    assert found("cup")[0] == "Cup"


def test_an_exact_article_number_comes_first():
    listed("Cup 300 and cup 300")
    listed("Plate", sku="300")

    assert found("300") == ["Plate", "Cup 300 and cup 300"]


def test_what_leaves_the_lists_is_no_longer_found():
    product = listed("Cup")
    Product.objects.update(status="archived")
    listing.refresh([product.pk])

    assert found("cup") == []
    assert not SearchWord.objects.exists()


def test_a_new_name_replaces_the_old_one():
    product = listed("Cup")
    Product.objects.filter(pk=product.pk).update(name_en="Plate")
    listing.refresh([product.pk])

    assert (found("cup"), found("plate")) == ([], ["Plate"])
    assert not SearchWord.objects.filter(word="cup").exists()
    assert SearchWord.objects.get(word="plate", language="en").frequency == 1


def test_a_deleted_product_leaves_the_index():
    listed("Cup").delete()

    assert found("cup") == []
    assert not SearchDocument.objects.exists()


def test_hits_can_be_listed_and_narrowed():
    shop()

    page = lists.page_of(find("linen", "en").scope, QueryDict("colour=oat"), "en")

    assert [card.name for card in page.cards] == ["Linen cloth"]


def test_suggestions_hold_categories_and_products_apart():
    cups = make_category("Cups", name_ru="Чашки")
    for number in range(12):
        unlisted(f"Cup {number}", category=cups, name_ru=f"Чашка {number}")
    listing.refresh_all()

    english, russian = suggest("cu", "en"), suggest("чаш", "ru")

    assert [link.name for link in english.categories] == ["Cups"]
    assert len(english.products) == 7
    assert [link.name for link in russian.categories] == ["Чашки"]
    assert russian.products[0].name.startswith("Чашка")


def test_what_is_sold_out_is_suggested_last():
    listed("Cup here")
    listed("Cup gone", stock=0)

    assert [card.name for card in suggest("cup", "en").products] == ["Cup here", "Cup gone"]


def test_the_last_word_may_be_unfinished_and_the_others_not():
    shop()

    assert [card.name for card in suggest("wool bl", "en").products] == ["Wool blanket"]
    assert [card.name for card in suggest("одеяла", "ru").products] == ["Шерстяное одеяло"]
    assert not suggest("woo blanket", "en")


def test_searching_costs_few_queries(django_assert_max_num_queries):
    shop()
    find("mug", "en")

    with django_assert_max_num_queries(3):
        find("blanket", "en")
    with django_assert_max_num_queries(1):
        find("blanket", "en")
    suggest("so", "en")
    with django_assert_max_num_queries(3):
        suggest("wo", "en")


@pytest.mark.parametrize("language", ["en", "es", "ru"])
def test_nothing_that_is_typed_makes_it_fail(language):
    shop()
    samples = Path(__file__).resolve().parents[3] / "shared" / "data" / "hostile" / "blns.txt"
    typed = HOSTILE + (samples.read_text().splitlines() if language == "en" and samples.is_file() else [])

    for words in typed:
        answer = find(words, language)
        lists.page_of(answer.scope, QueryDict(), language)
        assert len(suggest(words, language).products) <= 8


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_nothing_at_all_makes_it_fail(words):
    assert find(words, "en").match in Match
    assert suggest(words, "ru") is not None
