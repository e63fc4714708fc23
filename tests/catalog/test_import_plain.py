"""Plain CSV with a mapping: other people's columns become our fields."""

import json

import pytest

from catalog.actions import importing
from catalog.actions.importing import mapping
from catalog.models import Attribute, Product, StockLevel, StockMovement, Variant
from tests.catalog.files import plain, reasons, take, verdicts, write
from tests.makers import make_category

pytestmark = pytest.mark.django_db

SUPPLIER = {
    "format": "csv",
    "source": "supplier",
    "columns": {"name": "Title", "sku": "ModelNo", "brand": "Brand", "price": "Price", "weight": "Weight"},
    "key": "Id",
    "weight_unit": "lb",
    "defaults": {"category": "electronics", "stock": 5},
}
COLUMNS = ("Id", "Title", "ModelNo", "Brand", "Price", "Weight", "Stuff", "Path")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "goods.csv"


def radio(**cells: str) -> dict[str, str]:
    line = {"Id": "7", "Title": "Radio", "ModelNo": "R-7", "Brand": "Koss", "Price": "12.65", "Weight": "2"}
    return {**line, **cells}


def supply(path, *lines, told=None, act=importing.run, **writing):
    return take(write(path, COLUMNS, lines, **writing), act=act, told={**SUPPLIER, **(told or {})})


def test_a_mapped_line_becomes_a_product_for_sale(path):
    electronics = make_category("Electronics", slug="electronics")
    sums, _ = supply(path, radio())

    product = Product.objects.get(import_key="supplier:7")
    variant = product.variants.get()
    assert (product.name_en, product.brand.name, product.category) == ("Radio", "Koss", electronics)
    assert (variant.sku, variant.price, variant.weight_g) == ("R-7", 1265, 907)
    assert StockLevel.objects.get().on_hand == 5
    assert str(sums) == "1 rows: 1 new, 0 changed, 0 same, 0 refused"


def test_without_a_price_a_line_is_refused_unless_drafts_are_wanted(path):
    _, rows = supply(path, radio(Price=""))
    assert reasons(rows) == "There is no price."
    assert not Product.objects.exists()

    supply(path, radio(Price=""), told={"without_price": "draft"})
    assert Product.objects.get().status == "draft"
    assert not Variant.objects.get().is_active

    supply(path, radio(), told={"without_price": "draft"})
    assert Variant.objects.get(is_active=True).price == 1265


def test_a_missing_sku_is_made_of_the_key_and_brands_are_one_whatever_their_capitals(path):
    supply(path, radio(ModelNo=""), radio(Id="8", ModelNo="R-7", Brand="KOSS"), radio(Id="9", ModelNo="R-7", Brand=""))

    assert list(Variant.objects.order_by("product_id").values_list("sku", flat=True)) == ["7", "R-7", "R-7-9"]
    assert [p.brand and p.brand.name for p in Product.objects.order_by("id")] == ["Koss", "Koss", None]


def test_a_key_that_comes_twice_is_refused_with_the_first_line(path):
    _, rows = supply(path, radio(), radio(Title="Other"), radio(Id=""))

    assert [(row.line, row.verdict) for row in rows] == [(2, "new"), (3, "wrong"), (4, "wrong")]
    assert "line 2 already" in reasons(rows)


def test_what_the_defaults_say_is_for_new_goods_only(path):
    supply(path, radio())
    Variant.objects.update(price=1)
    Product.objects.update(status="archived", category=make_category("Elsewhere", slug="elsewhere"))
    StockMovement.objects.all().delete()
    StockLevel.objects.update(on_hand=0)
    _, rows = supply(path, radio())

    assert verdicts(rows) == ["changed"]
    product = Product.objects.get()
    assert (product.status, product.category.slug) == ("archived", "elsewhere")
    assert StockLevel.objects.get().on_hand == 0
    assert Variant.objects.get().price == 1265


def test_decimal_commas_and_grouped_thousands(path):
    lines = [radio(Id=str(n), ModelNo="", Price=price) for n, price in enumerate(["1.299,50", "12,5", "7", "€ 3"])]
    supply(path, *lines, told={"decimal": ","}, delimiter=";")

    assert list(Variant.objects.order_by("pk").values_list("price", flat=True)) == [129950, 1250, 700, 300]


def test_attributes_and_paths_of_categories_and_text_that_is_no_html(path):
    told = {
        "columns": {**SUPPLIER["columns"], "description": "Weight", "category": "Path"},
        "attributes": {"Material": "Stuff"},
    }
    supply(path, radio(Weight="Two < three\n\nand more", Stuff="Oak|Linen", Path="Home > Radios"), told=told)

    product = Product.objects.get()
    assert {value.value for value in product.attributes.all()} == {"Oak", "Linen"}
    assert not Attribute.objects.get().is_filter
    assert product.category.name == "Radios"
    assert product.description_en == "<p>Two &lt; three</p>\n\n<p>and more</p>"
    assert verdicts(supply(path, radio(Weight="Two < three\n\nand more", Stuff="Oak|Linen"), told=told)[1]) == ["same"]


def test_columns_with_our_own_names_need_no_mapping(path):
    _, rows = take(plain(path, {"key": "1", "name": "Cup", "price": "3.20", "stock": "4", "weight": "300"}))

    assert verdicts(rows) == ["new"]
    assert Variant.objects.get().weight_g == 300
    assert StockLevel.objects.get().on_hand == 4


def test_missing_columns_are_named_in_one_sentence(path):
    with pytest.raises(importing.Unreadable, match=r"These columns are missing: price, title\."):
        take(write(path, ("Id", "ModelNo", "Brand", "Weight"), []), told=SUPPLIER)
    with pytest.raises(importing.Unreadable, match=r"These columns are missing: Title, Variant Price\."):
        take(write(path, ("Handle", "Vendor"), []))
    with pytest.raises(importing.Unreadable, match="no column “Handle”"):
        take(write(path, ("a", "b"), []))


@pytest.mark.parametrize(
    "data",
    [
        [],
        {"columns": []},
        {"columns": {"name": "n", "price": "p"}},
        {"columns": {"key": "k", "name": "n", "price": "p", "colour": "c"}},
        {"columns": {"key": "k", "name": "n", "price": "p"}, "decimal": "·"},
        {"columns": {"key": "k", "name": "n", "price": "p"}, "defaults": {"stock": "many"}},
        {"columns": {"key": "k", "name": "n", "price": "p"}, "defaults": {"status": "lost"}},
        {"columns": {"key": "k", "name": "n", "price": "p"}, "attributes": "none"},
    ],
)
def test_a_wrong_mapping_is_refused_with_a_sentence(data):
    with pytest.raises(importing.Unreadable, match="mapping"):
        mapping.of(data)


def test_mappings_are_json_or_toml(tmp_path):
    (tmp_path / "m.json").write_text(json.dumps(SUPPLIER))
    (tmp_path / "m.toml").write_text('key = "Id"\n[columns]\nname = "Title"\nprice = "Price"\n')
    (tmp_path / "bad.json").write_text("[" * 100_000)

    assert mapping.read(tmp_path / "m.json").columns["sku"] == "modelno"
    assert mapping.read(tmp_path / "m.toml").columns["key"] == "id"
    with pytest.raises(importing.Unreadable):
        mapping.read(tmp_path / "bad.json")
    with pytest.raises(importing.Unreadable):
        mapping.read(tmp_path / "none.json")
