"""What is exported comes back unchanged; what was edited in between is all that changes."""

import csv
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from catalog.actions import importing
from catalog.actions.exporting import KINDS, export
from catalog.models import (
    Attribute,
    AttributeValue,
    Fact,
    Location,
    Option,
    OptionValue,
    Product,
    StockLevel,
    StockMovement,
    Variant,
)
from tests.catalog.files import reasons, take, verdicts
from tests.makers import make_category, make_product, make_variant

pytestmark = pytest.mark.django_db
DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
CARE = {"text_en": "By hand | cold", "text_es": "A mano", "text_ru": "Вручную"}
SHOPIFY = sorted((DATA / "shopify").glob("*.csv"))


def blanket() -> Product:
    """A product with everything: two axes, three languages, attributes of several kinds, two places."""
    tree = make_category("House", slug="house")
    product = make_product("Blanket | wool", make_category("Blankets", tree, slug="blankets"), slug="blanket")
    words = {"name_es": "Manta", "name_ru": "Одеяло", "summary_en": "=1+1", "summary_es": "-5 °C"}
    described = {"description_en": "<p>Warm.</p>", "description_ru": "<p>Тёплое.</p>"}
    Product.objects.filter(pk=product.pk).update(**words, **described)
    material = Attribute.objects.create(code="material", name="Material")
    for code, value in (("wool", "Wool | Merino"), ("silk", "Silk")):
        product.attributes.add(AttributeValue.objects.create(attribute=material, code=code, value=value))
    weight = Attribute.objects.create(code="density", name="Density", kind="number")
    Fact.objects.create(product=product, attribute=weight, kind="number", number=Decimal("250.5"))
    care = Attribute.objects.create(code="care", name="Care", kind="text", is_filter=False)
    Fact.objects.create(product=product, attribute=care, kind="text", **CARE)
    another = Option.objects.create(code="a-size", name="Size")
    OptionValue.objects.create(option=another, code="small", value="S")
    size = Option.objects.create(code="size", name="Size")
    for place, code in enumerate("sml"):
        value = OptionValue.objects.create(option=size, code=code, value=code.upper(), position=place)
        fields = {"sku": f"B-{code}", "barcode": "0012345678905", "combination": f"size:{code}", "position": place}
        variant = make_variant(product, price=4999, compare_at_price=5999, weight_g=750, **fields)
        variant.values.add(value)
        StockLevel.objects.create(variant=variant, location=Location.objects.get_or_create(name="Shop")[0], on_hand=2)
    make_variant(make_product("Card", slug="card"), sku="'+CARD", price=0, tracks_stock=False, combination="")
    make_product("Nothing yet", slug="nothing", status="draft")
    soon = make_product("Soon", slug="soon", status="scheduled", publish_at=datetime(2030, 1, 1, tzinfo=UTC))
    make_variant(soon, sku="SOON", combination="")
    return product


def columns(row) -> dict:
    """Every column as it is stored, in all languages."""
    return {field.attname: row.__dict__[field.attname] for field in row._meta.concrete_fields}


def written(tmp_path, kind: str = "csv", ids=None) -> Path:
    path = tmp_path / f"out.{KINDS[kind]}"
    export(path, kind, ids)
    return path


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def edited(path: Path, change) -> Path:
    rows = table(path)
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, rows[0])
        out.writeheader()
        out.writerows(rows)
    return path


@pytest.mark.parametrize("kind", KINDS)
def test_an_export_comes_back_and_changes_nothing(tmp_path, kind):
    blanket()
    before = [columns(row) for model in (Product, Variant, StockLevel, Fact) for row in model.objects.order_by("pk")]
    movements = StockMovement.objects.count()
    sums, rows = take(written(tmp_path, kind))

    assert set(verdicts(rows)) == {"same"}, reasons(rows)
    assert not [said for row in rows for said in row.details if "options" in said]
    after = [columns(row) for model in (Product, Variant, StockLevel, Fact) for row in model.objects.order_by("pk")]
    assert after == before
    assert StockMovement.objects.count() == movements


@pytest.mark.parametrize("name, told", [("name_es", "Manta de lana"), ("summary_en", "=2+2"), ("slug", "wool")])
def test_only_the_edit_of_a_word_changes(tmp_path, name, told):
    product = blanket()
    before = columns(Product.objects.get(pk=product.pk))
    path = edited(written(tmp_path), lambda rows: rows[0].update({name: told}))
    sums, rows = take(path)

    after = columns(Product.objects.get(pk=product.pk))
    changed = {key for key in before if before[key] != after[key]} - {"updated_at", "name", "summary"}
    assert (changed, after[name]) == ({name}, told)
    assert sums.counts["changed"] == 1


def test_a_text_is_translated_by_its_own_column(tmp_path):
    product = blanket()
    take(edited(written(tmp_path), lambda rows: rows[0].update({"attribute:care:es": "A máquina"})))

    care = Fact.objects.get(product=product, kind="text")
    assert (care.text_en, care.text_es, care.text_ru) == (CARE["text_en"], "A máquina", CARE["text_ru"])


def test_only_the_edit_of_a_variant_changes(tmp_path):
    blanket()

    def change(rows):
        line = next(row for row in rows if row["sku"] == "B-m")
        line["price"], line["stock:Shop"] = "45.00", "7"

    sums, rows = take(edited(written(tmp_path), change))

    assert [row.changes for row in rows if row.verdict == "changed"] == [
        [("B-m: price", "€49.99", "€45.00"), ("B-m: stock (shop)", "2", "7")]
    ]
    assert Variant.objects.get(sku="B-m").price == 4500
    assert StockLevel.objects.get(variant__sku="B-m", location__name="Shop").on_hand == 7
    assert StockLevel.objects.get(variant__sku="B-m", location__name="Warehouse").on_hand == 10


def test_category_and_facts_follow_an_edit(tmp_path):
    product = blanket()
    change = {"category": "House > Wool things", "attribute:density": "300", "attribute:material": "Silk | Hemp"}
    take(edited(written(tmp_path), lambda rows: rows[0].update(change)))

    product.refresh_from_db()
    assert product.category.name_en == "Wool things" and product.category.get_parent().slug == "house"
    assert product.facts.get(kind="number").number == 300
    assert sorted(product.attributes.values_list("value_en", flat=True)) == ["Hemp", "Silk"]


def test_an_export_fills_an_empty_shop(tmp_path):
    product = blanket()
    path = written(tmp_path)
    StockMovement.objects.all().delete()
    StockLevel.objects.all().delete()
    Product.objects.all().delete()
    sums, rows = take(path)

    again = Product.objects.get(import_key="blanket")
    assert (again.name_es, again.summary_en, again.slug) == ("Manta", "=1+1", product.slug)
    assert again.category.slug == "blankets"
    assert Fact.objects.filter(product=again, text=CARE["text_en"], **CARE).count() == 1
    assert again.variants.count() == 3 and StockLevel.objects.filter(variant__product=again).count() == 6
    assert Product.objects.get(import_key="soon").status == "draft"
    assert sums.counts["new"] == 3 and "without a price none can be made" in reasons(rows)
    assert set(verdicts(take(written(tmp_path))[1])) == {"same"}


def test_no_cell_is_a_formula(tmp_path):
    blanket()
    risky = ("=", "+", "-", "@", "\t", "\r")
    for row in table(written(tmp_path)):
        assert not any(cell.startswith(risky) for cell in row.values())
    book = load_workbook(written(tmp_path, "xlsx"), read_only=True)
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert not any(cell.data_type == "f" or str(cell.value).startswith(risky) for cell in cells)
    book.close()


def test_queries_do_not_grow_with_the_goods(tmp_path, django_assert_max_num_queries):
    for _number in range(40):
        make_variant(combination="")
    with django_assert_max_num_queries(16):
        export(tmp_path / "x.csv", "csv")


if SHOPIFY:

    @pytest.mark.parametrize("path", SHOPIFY, ids=lambda path: path.stem)
    @pytest.mark.parametrize("kind", KINDS)
    def test_a_real_export_goes_out_and_comes_back(tmp_path, path, kind):
        take(path)
        again = written(tmp_path, kind)
        sums, rows = take(again)

        assert set(verdicts(rows)) == {"same"}, reasons(rows)
        assert sums.counts["same"] == 20
        assert set(verdicts(take(path)[1])) <= {"same", "warning"}

    def test_a_real_export_is_edited_in_between(tmp_path):
        take(SHOPIFY[0])
        handle = Product.objects.order_by("pk").first().slug

        def change(rows):
            rows[0]["Variant Price"] = "1.23"

        sums, rows = take(edited(written(tmp_path, "shopify"), change))
        assert (sums.counts["changed"], sums.counts["same"]) == (1, 19)
        assert Product.objects.get(slug=handle).variants.first().price == 123


def test_preview_says_the_same_as_the_run(tmp_path):
    blanket()
    path = edited(written(tmp_path), lambda rows: rows[0].update({"name_en": "Rug"}))
    told = [(row.verdict, row.changes) for row in take(path, importing.preview)[1]]

    assert Product.objects.get(slug="blanket").name_en == "Blanket | wool"
    assert [(row.verdict, row.changes) for row in take(path)[1]] == told
