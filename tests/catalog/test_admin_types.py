"""A merchant makes types and attributes, and the page of a product asks for what its type needs."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.actions.facts import tell
from catalog.models import Attribute, Fact, Product, ProductType
from tests.catalog.shelf import attribute_value, listed, option_value
from tests.catalog.test_admin_product import body, change, complaints, inline, picture
from tests.catalog.test_publishing import make_attribute, make_type
from tests.customers.office import clerk_with
from tests.makers import make_category, make_customer, make_product, make_variant

pytestmark = pytest.mark.django_db
ADD = "admin:catalog_product_add"


@pytest.fixture
def owner(client):
    owner = make_customer(is_staff=True, is_superuser=True)
    client.force_login(owner)
    return owner


def page(client, product) -> str:
    return client.get(reverse("admin:catalog_product_change", args=[product.pk])).content.decode()


def texts(attribute: Attribute, **words) -> dict[str, str]:
    return {f"fact_{attribute.pk}_{code}": words.get(code, "") for code in ("en", "es", "ru")}


def test_a_type_is_made_with_its_attributes_and_a_clean_size_guide(client, owner):
    width, material = make_attribute("number", "width"), attribute_value("material", "oak").attribute
    guide = "<table onclick=x><tr><th scope=col>M</th></tr></table><script>alert(1)</script>"
    rows = [
        {"attribute": material.pk, "is_required": "on", "position": 0},
        {"attribute": width.pk, "position": 1},
    ]
    words = {f"{name}_{code}": "" for name in ("name", "size_guide") for code in ("en", "es", "ru")}
    sent = {**words, "name_en": "Boards", "code": "boards", "kind": "physical", "tax_class": "reduced", "position": 0}
    client.post(
        reverse("admin:catalog_producttype_add"),
        {**sent, "size_guide_en": guide, "size_guide_es": "Mide\nTalla | Pecho\nM | 93 & más", **inline("rows", *rows)},
    )

    made = ProductType.objects.get()
    assert [(row.attribute, row.is_required) for row in made.rows.all()] == [(material, True), (width, False)]
    assert made.size_guide_en == '<table><tbody><tr><th scope="col">M</th></tr></tbody></table>'
    head = '<table><thead><tr><th scope="col">Talla</th><th scope="col">Pecho</th></tr></thead>'
    row = '<tr><th scope="row">M</th><td>93 &amp; más</td></tr>'
    assert made.size_guide_es == f"<p>Mide</p>{head}<tbody>{row}</tbody></table>"
    assert "Material *, Number" in client.get(reverse("admin:catalog_producttype_changelist")).content.decode()


def test_an_attribute_is_a_filter_only_where_lists_can_have_one(client, owner):
    def make(code: str, **fields):
        words = {f"{name}_{lang}": "" for name in ("name", "own_unit") for lang in ("en", "es", "ru")}
        sent = {**words, "name_en": code, "code": code, "position": 0, "unit": "", "is_public": "on", "note": ""}
        return client.post(reverse("admin:catalog_attribute_add"), {**sent, **inline("values"), **fields})

    make("story", kind="text", is_filter="on")
    make("width", kind="number", unit="length-centimeter", on_card="on")
    make("inner", kind="number", is_filter="on", is_public="")
    value = {"code": "", "value_en": "Sea Green", "value_es": "", "value_ru": "", "position": 0}
    make("tone", kind="swatch", **inline("values", value))
    refused = complaints(make("tale", kind="text", on_card="on"))

    assert "Lists show choices, numbers, and yes or no." in refused
    made = {attribute.code: attribute for attribute in Attribute.objects.all()}
    assert {code: attribute.is_filter for code, attribute in made.items() if code != "tone"} == {
        "story": False,
        "width": True,
        "inner": False,
    }
    assert made["width"].unit == "length-centimeter"


def test_values_get_their_code_from_their_word(client, owner):
    tone = make_attribute("swatch", "tone")
    value = {"id": "", "attribute": tone.pk, "code": "", "value_en": "Sea Green", "value_es": "", "value_ru": ""}
    sent = {"name_en": "Tone", "name_es": "", "name_ru": "", "kind": "swatch", "position": 0, "is_public": "on"}
    rows = inline("values", value | {"swatch": "#2e8b57", "position": 0})
    client.post(reverse("admin:catalog_attribute_change", args=[tone.pk]), {**sent, "note": "", **rows})

    kept = tone.values.get()
    assert (kept.code, kept.swatch) == ("sea-green", "#2e8b57")


def test_the_type_is_asked_first_and_suggests_the_rest(client, owner):
    large = option_value("size", "l")
    type_ = make_type(make_attribute("number", name="Width"), kind="digital", tax_class_id="reduced")
    type_.options.add(large.option)

    assert f'href="?type={type_.pk}"' in client.get(reverse(ADD)).content.decode()

    form = client.get(reverse(ADD), {"type": type_.pk}).content.decode()
    assert 'value="digital" selected' in form
    assert 'value="reduced" selected' in form
    assert "Width" in form
    assert f'name="axis_{large.option_id}"' in form
    assert "What kind of thing" not in client.get(reverse(ADD), {"type": ""}).content.decode()
    assert client.get(reverse(ADD), {"type": "²"}).status_code == 200


def test_one_page_makes_a_product_with_variants_pictures_facts_and_three_languages(client, owner):
    sizes = [option_value("size", code) for code in ("s", "m", "l", "xl")]
    colours = [option_value("colour", code) for code in ("oat", "ink")]
    option_value("colour", "sage")
    width, note = make_attribute("number", "width"), make_attribute("text", "note")
    type_ = make_type(width, note)
    type_.options.add(sizes[0].option, colours[0].option)
    sent = body(
        make_category(),
        type=type_.pk,
        status="published",
        name_es="Bata",
        name_ru="Халат",
        options=[sizes[0].option_id, colours[0].option_id],
        first_price="39,40",
        new_pictures=[picture("one.jpg"), picture("two.jpg")],
        **{f"axis_{sizes[0].option_id}": [value.pk for value in sizes]},
        **{f"axis_{colours[0].option_id}": [value.pk for value in colours]},
        **{f"fact_{width.pk}": "1 000,5"},
        **texts(note, en="Warm", ru="Тёплый"),
    )
    client.post(reverse(ADD) + f"?type={type_.pk}", sent)

    product = Product.objects.get()
    assert (product.status, product.name_ru, product.type) == ("published", "Халат", type_)
    assert product.variants.count() == 8
    assert set(product.variants.values_list("price", flat=True)) == {3940}
    assert product.pictures.count() == 2
    assert product.facts.get(attribute=width).number == Decimal("1000.5")
    assert product.facts.get(attribute=note).text_ru == "Тёплый"
    assert product.listing


def test_ticking_half_of_what_variants_need_is_told_by_the_field(client, owner):
    size, colour = option_value("size", "s"), option_value("colour", "oat")
    type_ = make_type()
    type_.options.add(size.option, colour.option)
    options = [size.option_id, colour.option_id]
    sent = body(make_category(), type=type_.pk, options=options, **{f"axis_{size.option_id}": [size.pk]})

    said = complaints(client.post(reverse(ADD) + f"?type={type_.pk}", sent))

    assert "Tick at least one" in said
    assert "Say what the variants cost." in said
    assert not Product.objects.exists()


def test_a_picture_that_is_none_is_named_and_nothing_is_saved(client, owner):
    files = [picture("fine.jpg"), SimpleUploadedFile("bad.jpg", b"<svg>", "image/jpeg")]
    said = complaints(client.post(reverse(ADD), body(make_category(), new_pictures=files)))

    assert "bad.jpg: " in said
    assert "fine.jpg: " not in said
    assert not Product.objects.exists()


def test_publishing_without_what_is_required_keeps_all_that_was_typed(client, owner):
    width, care = make_attribute("number", "width"), make_attribute("text", "care")
    product = make_product(type=make_type(width, care), status="draft", published_at=None)
    sent = {"type": product.type_id, "name_ru": "Доска", f"fact_{width.pk}": "", **texts(care, ru="Масло")}

    said = complaints(change(client, product, **sent))

    assert said.count("Fill this in to publish it") == 1
    assert "Write it in English as well." in said
    assert "Доска" in said
    assert "Масло" in said
    assert Product.objects.get().status == "draft"
    change(client, product, **sent | {f"fact_{width.pk}": "40"} | texts(care, en="Oil"))
    assert Product.objects.get().status == "published"


def test_the_bulk_action_names_what_is_missing_and_publishes_the_rest(client, owner):
    lacking = make_product("Board", type=make_type(make_attribute("number", name="Width")), status="draft")
    whole = make_product("Cup", status="draft")
    action = {"action": "publish", "_selected_action": [lacking.pk, whole.pk]}
    said = client.post(reverse("admin:catalog_product_changelist"), action, follow=True).content.decode()

    assert "“Board” was not published: “Width” is not filled in." in said
    assert Product.objects.published().get() == whole


def test_another_type_shows_its_fields_and_drops_nothing(client, owner):
    width, oak = make_attribute("number", "width"), attribute_value("material", "oak")
    product = make_product(type=make_type(width, optional=[oak.attribute]))
    other = make_type(optional=[make_attribute("date", name="Harvest")], code="food")
    tell(product, {width: Decimal(40)})
    product.attributes.add(oak)

    change(client, product, type=other.pk, **{f"fact_{width.pk}": "40", f"fact_{oak.attribute_id}": [oak.pk]})

    product.refresh_from_db()
    assert product.type == other
    assert list(product.attributes.all()) == [oak]
    assert "Harvest" in page(client, product)
    assert f'name="fact_{width.pk}"' in page(client, product), "It still says something, so it stays in sight."


@pytest.mark.parametrize(
    ("kind", "typed", "complaint"),
    [
        ("number", "NaN", "Enter a number"),
        ("number", "Infinity", "Enter a number"),
        ("number", "1e400", ""),
        ("number", "12345678901234567890", "digits"),
        ("number", "forty", "Enter a number"),
        ("date", "31.02.2026", "Enter a valid date"),
        ("yes-no", "maybe", "Select a valid choice"),
        ("reference", "999999", "Select a valid choice"),
        ("choice", "999999", "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(client, owner, kind, typed, complaint):
    attribute = make_attribute(kind, name="Thing")
    product = make_product(type=make_type(optional=[attribute]))

    assert complaint in complaints(change(client, product, type=product.type_id, **{f"fact_{attribute.pk}": typed}))
    assert not Fact.objects.exists()


def test_a_file_is_kept_handed_to_staff_and_taken_away(client, owner):
    care = make_attribute("file", name="Care")
    product = make_product(type=make_type(optional=[care]), status="draft", published_at=None)
    field, same = f"fact_{care.pk}", {"type": product.type_id, "status": "draft"}
    fake = SimpleUploadedFile("care.pdf", b"<html>", "application/pdf")
    assert "is something else inside" in complaints(change(client, product, **same, **{field: fake}))

    change(client, product, **same, **{field: SimpleUploadedFile("care.pdf", b"%PDF-1.7", "application/pdf")})
    fact = Fact.objects.get()
    address = reverse("admin:catalog_product_file", args=[product.pk, fact.pk])
    assert address in page(client, product)
    assert b"".join(client.get(address).streaming_content) == b"%PDF-1.7"
    change(client, product, **same)
    assert Fact.objects.get() == fact, "Nothing chosen leaves it as it is."
    change(client, product, **same, **{f"{field}-clear": "on"})
    assert not Fact.objects.exists()


def test_who_may_only_look_reads_the_facts(client):
    width = make_attribute("number", name="Width", unit="length-centimeter")
    product = listed("Board", type=make_type(width))
    tell(product, {width: Decimal(40)})
    client.force_login(clerk_with("view_product"))

    assert "40 cm" in page(client, product)


def test_more_values_and_facts_cost_no_more_queries(client, owner):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(client, product)
        return len(asked)

    attributes = [make_attribute("number", f"n{number}") for number in range(6)]
    product = make_product(type=make_type(*attributes))
    make_variant(product)
    queries()
    few = queries()
    tell(product, {attribute: Decimal(1) for attribute in attributes})
    # What is kept of the market is read anew after any change.
    queries()

    assert queries() <= few
