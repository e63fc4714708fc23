"""The written content of the demonstration shop holds together: nothing dangles, nothing is untranslated."""

import re
from html.parser import HTMLParser

import pytest
from liquid import Environment

from shop.demo.data import LANGUAGES, load, load_products
from shop.demo.pictures import SHAPES

PRODUCTS = load_products()
TAGS = {"p", "ul", "li", "strong", "em", "h2", "a"}
KINDS = {"physical", "digital", "service"}
# Where the same word in two languages is a slip. Names may be alike: "Color", "PDF", "Horno Quedo".
PROSE = {"description", "summary", "body", "story", "text", "heading", "subject", "preheader", "title"}


def every_product(check):
    return pytest.mark.parametrize("product", PRODUCTS, ids=lambda p: p["slug"])(check)


def choices(name):
    return {axis["code"]: {value["code"] for value in axis["values"]} for axis in load(name)}


def walk(nodes, depth=1):
    for node in nodes:
        yield node, depth
        yield from walk(node["children"], depth + 1)


def translations(data, key=""):
    """Every text in three languages below `data`, with the name of its field."""
    if isinstance(data, list):
        for item in data:
            yield from translations(item, key)
    elif isinstance(data, dict) and set(LANGUAGES) & set(data) and all(isinstance(v, str) for v in data.values()):
        yield key, data
    elif isinstance(data, dict):
        for name, item in data.items():
            yield from translations(item, name)


def all_translations():
    names = ("categories", "options", "attributes", "brands", "pages", "home", "cart_reminder")
    return [pair for data in (PRODUCTS, *map(load, names)) for pair in translations(data)]


class Tags(HTMLParser):
    """Collects what is used and sees that it is closed in order."""

    def __init__(self, text):
        super().__init__()
        self.used, self.open, self.attributes = set(), [], set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.used.add(tag)
        self.open.append(tag)
        self.attributes |= {(tag, name) for name, _ in attrs}

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_every_text_is_written_in_three_languages():
    for field, texts in all_translations():
        assert set(texts) == set(LANGUAGES), (field, texts)
        assert all(text.strip() for text in texts.values()), (field, texts)


def test_prose_is_translated_and_not_repeated():
    for field, texts in all_translations():
        if field in PROSE:
            assert len(set(texts.values())) == len(LANGUAGES), (field, texts)


def test_russian_prose_is_in_cyrillic():
    for field, texts in all_translations():
        if field in PROSE:
            assert re.search("[а-яё]{3}", texts["ru"]), texts["ru"]
            assert not re.search("[а-яёА-ЯЁ]", texts["en"] + texts["es"]), texts


def test_nothing_shouts():
    for _, texts in all_translations():
        assert not any(mark in text for text in texts.values() for mark in "!¡"), texts


def test_markup_is_simple_and_closed():
    for field, texts in all_translations():
        for text in texts.values():
            tags = Tags(text)
            assert tags.used <= TAGS, (field, tags.used)
            assert not tags.open, text
            assert tags.attributes <= {("a", "href")}


def test_categories_have_three_levels_and_own_addresses():
    nodes = list(walk(load("categories")))

    slugs = [node["slug"] for node, _ in nodes]
    assert len(slugs) == len(set(slugs))
    assert {depth for node, depth in nodes if not node["children"]} == {3}
    assert all(re.fullmatch("#[0-9a-f]{6}", node["backdrop"]) for node, _ in nodes)


def test_every_shelf_has_goods_on_it():
    leaves = {node["slug"] for node, depth in walk(load("categories")) if depth == 3}

    assert {product["category"] for product in PRODUCTS} == leaves


def test_there_are_about_120_products_with_their_own_addresses():
    slugs = [product["slug"] for product in PRODUCTS]

    assert 118 <= len(slugs) <= 124
    assert len(slugs) == len(set(slugs))


def test_files_and_one_service_are_sold_too():
    kinds = [product["kind"] for product in PRODUCTS]

    assert set(kinds) == KINDS
    assert kinds.count("digital") >= 5
    assert kinds.count("service") == 1


def test_codes_are_unique():
    for name in ("options", "attributes"):
        axes = load(name)
        assert len({axis["code"] for axis in axes}) == len(axes)
        for axis in axes:
            assert len({value["code"] for value in axis["values"]}) == len(axis["values"]), axis["code"]


@every_product
def test_a_product_names_only_what_exists(product):
    brands, facts, options = {b["slug"] for b in load("brands")}, choices("attributes"), choices("options")

    assert product["brand"] in brands
    assert all(set(values) <= facts[code] for code, values in product["attributes"].items())
    assert list(product["values"]) == product["options"]
    assert len(product["options"]) <= 2
    assert all(values and set(values) <= options[code] for code, values in product["values"].items())


@every_product
def test_surcharges_and_gaps_belong_to_values_of_the_product(product):
    values = product["values"]

    for code, extras in product.get("price_by", {}).items():
        assert set(extras) <= set(values[code])
    for gap in product.get("sold_out", []):
        assert all(value in values[code] for code, value in (pair.split(":") for pair in gap.split("|")))


@every_product
def test_a_price_is_positive_and_a_markdown_goes_down(product):
    extras = [extra for by in product.get("price_by", {}).values() for extra in by.values()]

    assert all(type(amount) is int and amount > 0 for amount in [product["price"], *extras])
    assert product.get("compare_at", product["price"] + 1) > product["price"]
    assert product["tax_class"] in {"standard", "reduced"}


@every_product
def test_only_things_have_weight_and_stock_and_only_files_a_file(product):
    low, high = product["stock"]

    assert (product["weight_g"] > 0) is (product["kind"] == "physical")
    assert 0 <= low <= high
    assert (high > 0) is (product["kind"] == "physical")
    assert ("file" in product) is (product["kind"] == "digital")


@every_product
def test_a_picture_can_be_drawn(product):
    picture = product["picture"]

    assert picture["shape"] in SHAPES
    assert ("colour" in picture) is ("colour" not in product["options"])
    assert all(re.fullmatch("#[0-9a-f]{6}", picture[key]) for key in ("colour", "second") if key in picture)


@every_product
def test_a_description_says_enough_and_a_summary_is_short(product):
    for language in LANGUAGES:
        words = re.sub("<[^>]+>", " ", product["description"][language]).split()
        assert 50 <= len(words) <= 125, (language, len(words))
        assert len(product["summary"][language]) <= 150, language
    assert product["season"] in {"all", "winter", "summer", "gift"}
    assert 1 <= product["popularity"] <= 10


def test_no_two_products_look_the_same():
    looks = [repr((p["picture"], p["values"].get("colour"))) for p in PRODUCTS]

    assert len(looks) == len(set(looks))


def test_voices_praise_things_we_sell():
    slugs = {product["slug"] for product in PRODUCTS}

    assert len(load("home")["voices"]) == 4
    assert {voice["product"] for voice in load("home")["voices"]} <= slugs


def test_links_in_pages_stay_in_the_language_of_the_page():
    pages = load("pages")
    slugs = {page["slug"] for page in pages}
    for page in pages:
        for language, body in page["body"].items():
            prefix = "" if language == "en" else f"/{language}"
            inside = [href for href in re.findall('href="([^"]+)"', body) if not href.startswith("mailto:")]
            assert set(inside) <= {f"{prefix}/pages/{slug}/" for slug in slugs}, (page["slug"], language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["", "Ada"])
def test_the_reminder_reads_well_with_and_without_a_name(language, name):
    words = {key: Environment().from_string(t[language]) for key, t in load("cart_reminder").items()}

    letter = {key: template.render(name=name, shop="Lumbre") for key, template in words.items()}
    assert letter["heading"].startswith(f"{name}, " if name else letter["heading"][0].upper())
    assert "Lumbre" in letter["body"]
    assert letter["body"].count("\n\n") == 1


def test_people_have_a_name_a_town_and_a_street():
    people = load("people")

    assert sum(len(names["given"]) for names in people["names"].values()) >= 60
    assert sum(len(names["family"]) for names in people["names"].values()) >= 60
    for country in people["countries"]:
        assert country["language"] in people["names"]
        assert country["shop_language"] in LANGUAGES
        assert country["weight"] > 0
        assert country["streets"]
        assert all(town["city"] and town["postcode"] for town in country["towns"])
