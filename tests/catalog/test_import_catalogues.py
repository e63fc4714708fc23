"""Every catalogue that lies beside the checkout, read by the mapping that the office guesses."""

import csv
import gzip
from itertools import islice
from pathlib import Path

import pytest

from catalog.actions import importing
from catalog.actions.exporting import export
from catalog.actions.importing.guessing import guess
from catalog.actions.importing.sketch import sketch
from catalog.models import Category, ListPrice, PriceList, Product, Variant
from tests.catalog.files import reasons, take, verdicts
from tests.makers import make_product

pytestmark = pytest.mark.django_db
DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "catalogue"


def guessed(path: Path, **told) -> dict:
    """What the mapping page proposes for the file."""
    seen = sketch(path)
    targets = guess(seen.titles, seen.rows, seen.has_header)
    columns = {target: column for target, column in zip(targets, seen.columns, strict=True) if target}
    return {"columns": columns, "header": seen.has_header, **told}


if DATA.exists():
    SPREE = DATA / "spree_products.csv"

    def test_spree_rows_become_products_with_variants_and_prices_per_currency():
        dollars = PriceList.objects.create(name="Dollars", currency="USD")
        told = guessed(SPREE, category_separator=" -> ", source="spree")
        sums, rows = take(SPREE, told=told)

        assert (sums.counts["new"], sums.counts["wrong"]) == (37, 0), reasons(rows)
        machine = Product.objects.get(slug="automatic-espresso-machine")
        assert sorted(machine.variants.values_list("price", flat=True)) == [81999] * 3
        assert set(ListPrice.objects.filter(price_list=dollars, variant__product=machine).values_list("price")) == {
            (87999,)
        }
        assert machine.search_title.startswith("Automatic Espresso Machine")
        assert "bean-to-cup" in machine.tags.values_list("name_en", flat=True)
        assert machine.category.name_en == "Coffee Machines"
        assert machine.attributes.get(attribute__code="wattage").value_en == "1400W"
        assert machine.variants.first().weight_g == 8981
        assert set(verdicts(take(SPREE, told=told)[1])) <= {"same", "warning"}

    def test_translations_of_languages_that_the_shop_has_not_are_told():
        path = DATA / "spree_product_translations.csv"
        sums, rows = take(path, told=guessed(path))

        assert sums.counts == {"wrong": 74}
        assert "no language “de”" in reasons(rows) and "no language “fr”" in reasons(rows)

    def test_translations_land_by_address_and_language(tmp_path):
        product = make_product("Kettle", slug="kettle")
        path = tmp_path / "words.csv"
        path.write_text(
            "slug,locale,name,meta_title\nkettle,es,Hervidor,Hervidor eléctrico\nkettle,de,Kessel,\n", "utf-8"
        )
        sums, _rows = take(path, told=guessed(path))

        product.refresh_from_db()
        assert (product.name_es, product.search_title_es, product.name_en) == (
            "Hervidor",
            "Hervidor eléctrico",
            "Kettle",
        )
        assert (sums.counts["changed"], sums.counts["wrong"]) == (1, 1)

    @pytest.mark.parametrize("name, number", [("computers_in_fiction", 86), ("essential", 82), ("hacking", 33)])
    def test_books_without_a_header_are_recognised(name, number):
        path = DATA / f"oscar_books_{name}.csv"
        told = guessed(path)
        sums, rows = take(path, told=told)

        assert told["header"] is False
        assert {"category", "name", "description", "sku", "barcode", "price", "stock"} <= set(told["columns"])
        assert sums.counts["new"] + sums.counts["wrong"] == number, reasons(rows)
        assert sums.counts["wrong"] <= 12
        assert Category.objects.get(name_en="Books").get_children_count() >= 1

    def test_goods_without_a_price_are_refused_or_kept_as_drafts():
        path = DATA / "abt.csv.gz"
        sums, rows = take(path, importing.preview, told=guessed(path))
        assert (sums.counts["new"], sums.counts["wrong"]) == (416, 660)
        assert "There is no price." in reasons(rows)

        sums, _rows = take(path, told=guessed(path, without_price="draft"))
        assert sums.counts == {"new": 1076}
        assert Product.objects.filter(status="draft").count() == 660

    def test_a_name_is_put_together_and_a_price_given_where_the_file_has_none(tmp_path):
        path = tmp_path / "journey.csv"
        with gzip.open(DATA / "complete_journey_products.csv.gz", "rt", encoding="utf-8") as file:
            path.write_text("".join(islice(file, 2001)), "utf-8")
        columns = {
            "key": "product_id",
            "name": "{product_type} {package_size}",
            "category": "{department} > {product_category}",
        }
        told = {"columns": columns, "defaults": {"price": "1.99", "status": "draft"}, "source": "journey"}
        sums, rows = take(path, told=told)

        assert sums.counts["new"] + sums.counts["wrong"] == 2000
        assert {row.details[0] for row in rows if row.verdict == "wrong"} == {"The line has no name."}
        assert set(Variant.objects.values_list("price", flat=True)) == {199}

    def test_lists_of_people_are_no_goods():
        path = DATA / "spree_customers.csv"
        with pytest.raises(importing.Unreadable):
            take(path)
        with pytest.raises(importing.Unreadable):
            take(path, told=guessed(path))

    @pytest.mark.parametrize("name", ["bestbuy_categories.json.gz", "bestbuy_stores.json.gz"])
    def test_what_is_no_table_is_refused_with_a_sentence(name):
        with pytest.raises(importing.Unreadable, match=r"\w+ .*\."):
            take(DATA / name)

    def test_one_of_them_goes_out_is_edited_and_comes_back(tmp_path):
        take(SPREE, told=guessed(SPREE, category_separator=" -> ", source="spree"))
        path = tmp_path / "out.csv"
        export(path, "csv")
        assert set(verdicts(take(path)[1])) == {"same"}
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.DictReader(file))
        lines[0]["name_ru"] = "Кофемашина"
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, lines[0])
            table.writeheader()
            table.writerows(lines)
        _sums, rows = take(path)

        assert [(row.key, row.changes) for row in rows if row.verdict == "changed"] == [
            (rows[0].key, [("name [ru]", "–", "Кофемашина")])
        ]
