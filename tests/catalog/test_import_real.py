"""Real exports of real shops, when they lie beside the checkout; otherwise there is nothing to collect."""

from pathlib import Path

import pytest
from django.core.management import call_command

from catalog.models import Listing, Option, Product, Variant
from tests.catalog.files import take, verdicts

pytestmark = pytest.mark.django_db

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
FILES = sorted((DATA / "shopify").glob("*.csv"))
ELECTRONICS = DATA / "catalogue" / "amazon_electronics.csv.gz"
GOOGLE = DATA / "catalogue" / "google_products.csv.gz"

if FILES:

    @pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
    def test_each_product_of_the_export_is_for_sale_and_stays(path):
        sums, rows = take(path)

        assert (sums.counts["new"], sums.counts["wrong"]) == (20, 0)
        assert Listing.objects.count() == 20
        assert set(verdicts(take(path)[1])) <= {"same", "warning"}

    def test_all_files_share_one_axis_of_colours(tmp_path):
        for path in FILES:
            call_command("import_products", path, "--no-fetch", verbosity=0, stdout=(tmp_path / "out").open("w"))

        assert sorted(Option.objects.values_list("code", flat=True)) == ["colour", "size"]
        assert Variant.objects.count() == 66
        assert Product.objects.count() == 60


if GOOGLE.exists():

    def test_prices_in_another_currency_are_refused_and_the_rest_lands():
        told = {
            "columns": {"key": "id", "name": "title", "description": "description", "brand": "manufacturer",
                        "price": "price"},
            "defaults": {"kind": "service", "category": "Software"},
        }  # fmt: skip
        sums, rows = take(GOOGLE, told=told)

        assert sums.lines == 3039
        assert sums.counts["new"] + sums.counts["wrong"] == 3039
        assert 61 <= sums.counts["wrong"] <= 70
        assert any("gbp" in detail for row in rows for detail in row.details)
