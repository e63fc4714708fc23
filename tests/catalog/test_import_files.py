"""Files of every encoding are read, and files that are none are refused with a sentence."""

import gzip
import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from catalog.actions import importing
from catalog.actions.importing import decoding, workbook
from catalog.models import Product, Variant
from tests.catalog.files import cup, plain, reasons, shopify, take, verdicts

pytestmark = pytest.mark.django_db

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
NAUGHTY = DATA / "hostile" / "blns.json"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "shop.csv"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_each_encoding_is_found(path, encoding):
    sums, _ = take(shopify(path, cup(Title="Tasse café – 5 €"), encoding=encoding))

    assert Product.objects.get().name_en == "Tasse café – 5 €"
    assert bool(sums.notes) == (encoding == "cp1252")


def test_packed_files_are_read_and_named_by_their_content(path):
    shopify(path, cup())
    path.write_bytes(gzip.compress(path.read_bytes()))
    take(path)

    assert Product.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"\xef\xbb\xbf", "The file is empty"),
        (b"\n\n \n", "The file is empty"),
        (b"PK\x03\x04rest", "save it as XLSX or CSV"),
        (b"\x89PNG\r\n\x1a\n", "not a CSV"),
        # Without its time, which would name this case anew in every worker.
        (gzip.compress(b"Handle,Title,Variant Price\n" * 900, mtime=0)[:60], "damaged"),
        (b"Handle,Title\n", "These columns are missing: Variant Price"),
        ("Handle,Title,Variant Price\nä,ä,1\n".encode() + b"b,\xe4,2\n", "Line 3 is not UTF-8"),
        (b"Handle,Title,Variant Price\na,\x81\x8d,1\n", "Line 2 has characters in an unknown encoding"),
        (b"Handle,Title,Variant Price\n" + b"x" * 1_100_000, "Line 2 is longer than a megabyte"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(path, content, sentence):
    path.write_bytes(content)

    with pytest.raises(importing.Unreadable, match=sentence):
        take(path)


def test_a_packed_file_may_not_swell_without_end(path, monkeypatch):
    monkeypatch.setattr(decoding, "MAX_BYTES", 1_000_000)
    path.write_bytes(gzip.compress(b"Handle,Title,Variant Price\n" * 100_000))

    with pytest.raises(importing.Unreadable, match="larger than"):
        take(path)


def test_what_was_read_before_a_quotation_mark_that_is_not_closed_lands(path):
    shopify(path, cup())
    with path.open("ab") as file:
        file.write(b'b,"B' + b" never closed,\r\n" * 60_000)
    _, rows = take(path)

    assert verdicts(rows) == ["new", "wrong"]
    assert "From line 3 on" in reasons(rows)


def test_lines_with_too_many_cells_are_refused_and_with_too_few_are_read(path):
    path.write_text("Handle,Title,Variant Price,Vendor\na,A,1,V,more\nb,B,2\n\nc,C,3,\n")
    _, rows = take(path)

    assert [(row.line, row.verdict) for row in rows] == [(3, "new"), (5, "new"), (2, "wrong")]


def test_zero_characters_and_controls_are_removed(path):
    take(
        shopify(path, cup(Title="Cu\0p \x1b[31mred\u202e", Body="a\0b<p onclick='x()'>c</p>", Vendor="V\0", SKU="S\0"))
    )

    product = Product.objects.get()
    assert (product.name_en, product.brand.name) == ("Cup [31mred", "V")
    assert product.description_en == "ab<p>c</p>"
    assert Variant.objects.get().sku == "S"


if NAUGHTY.exists():

    def test_naughty_strings_are_kept_clean_in_either_format(tmp_path):
        strings = json.loads(NAUGHTY.read_text(encoding="utf-8"))
        lines = [cup(Handle=f"h{n}", Title=text, Body=text, Vendor=text, Type=text[:9], SKU=text[:30], Axis="Size",
                     Value=text) for n, text in enumerate(strings)]  # fmt: skip
        sums, rows = take(shopify(tmp_path / "a.csv", *lines))
        columns = ("key", "name", "sku", "brand", "price", "category", "description")
        texts = [dict.fromkeys(columns, text) | {"price": "1", "key": f"{n}"} for n, text in enumerate(strings)]
        others, _ = take(plain(tmp_path / "b.csv", *texts, columns=columns))

        assert sums.counts["new"] > 480 and others.counts["new"] > 480
        assert not any("database" in detail for row in rows for detail in row.details)
        for product in Product.objects.all():
            assert product.name_en.strip() and product.slug.isascii()
            assert "<script" not in product.description_en.lower() and "\0" not in product.name_en
        assert set(verdicts(take(tmp_path / "a.csv")[1])) <= {"same", "wrong"}
        assert set(verdicts(take(tmp_path / "b.csv")[1])) <= {"same", "wrong"}


def test_a_row_of_a_million_cells_is_refused_before_it_fills_the_memory(tmp_path):
    book = tmp_path / "wide.xlsx"
    Workbook().save(book)
    cells = b"<sheetData><row>" + b"<c/>" * 1_000_000 + b"</row></sheetData>"
    with zipfile.ZipFile(book) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b"<sheetData></sheetData>", cells)
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)

    with pytest.raises(importing.Unreadable, match="more than 16,384 cells"):
        list(workbook.rows(book))
