"""Files of strangers: workbooks, tables without a header, the page that asks which column is what."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from catalog.actions.importing import Unreadable, jobs, workbook
from catalog.actions.importing.formulas import bare, safe
from catalog.actions.importing.guessing import guess
from catalog.actions.importing.sketch import decimal_of, sketch
from catalog.models import ImportMapping, Product, Variant
from tests.catalog.files import take
from tests.makers import make_customer, make_product, make_variant

pytestmark = pytest.mark.django_db
SEND = "/admin/catalog/product/import/"
TEXT = "Ref;Denominación;Coste neto;Precio\nA1;Taza;3,10;1.250,50\nA2;Plato;4;12,00\nA3;Cuenco;5;gratis\n"
DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
NAUGHTY = DATA / "hostile" / "blns.json"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"


@pytest.fixture
def office(client):
    client.force_login(make_customer("boss@example.com", is_staff=True, is_superuser=True))
    return client


def send(office, text: str | bytes, name: str = "lista.csv") -> str:
    """The address where the file goes on."""
    content = text if isinstance(text, bytes) else text.encode()
    return office.post(SEND, {"file": SimpleUploadedFile(name, content)}).headers["Location"]


def answers(**more) -> dict:
    told = {"decimal": ",", "weight_unit": "g", "description": "text", "without_price": "refuse", "status": "published"}
    told |= {"category_separator": " > ", "list_separator": "|", "source": "rosa", "stock": "", "keep_as": ""}
    return {**told, "column_0": "sku", "column_1": "name", "column_2": "", "column_3": "price", **more}


def book(path: Path, *rows: list, title: str = "Goods") -> Path:
    made = Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    made.create_sheet("Other").append(["key", "name", "price"])
    made["Other"].append(["9", "Nine", 9])
    made.save(path)
    return path


def test_a_strange_file_is_asked_about_and_the_answers_are_kept(office):
    address = send(office, TEXT)
    assert address.endswith("/mapping/")
    page = office.get(address).content.decode()
    assert "Denominación" in page and "Taza" in page and "1.250,50" in page
    assert not Product.objects.exists()

    job_page = office.post(address, answers(keep_as="Alfarería Rosa")).headers["Location"]
    shown = office.get(job_page).content.decode()
    assert "3 rows: 2 new, 0 changed, 0 same, 1 refused" in shown and "“gratis” is not a price" in shown
    office.post(job_page, {"anyway": "on"})

    assert sorted(Variant.objects.values_list("sku", "price")) == [("A1", 125050), ("A2", 1200)]
    again = send(office, TEXT.replace("12,00", "13,00"))
    assert not again.endswith("/mapping/")
    shown = office.get(again, {"result": "changed"}).content.decode()
    assert "Alfarería Rosa" in shown and "<del>€12.00</del>" in shown and "<ins>€13.00</ins>" in shown


def test_wrong_answers_are_told_beside_their_column(office):
    address = send(office, TEXT)
    twice = office.post(address, answers(column_2="price"))
    assert twice.status_code == 422 and "Another column is that already." in twice.content.decode()
    nothing = office.post(address, answers(column_0=""))
    assert nothing.status_code == 422 and "tells products apart" in nothing.content.decode()
    assert office.post(address, answers(column_1="nonsense")).status_code == 422
    assert not ImportMapping.objects.exists()


def test_the_refused_rows_come_back_as_a_file_to_mend(office):
    job_page = office.post(send(office, TEXT), answers()).headers["Location"]
    answer = office.get(f"{job_page}mend.csv")
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))

    assert rows == [
        ["Ref", "Denominación", "Coste neto", "Precio", "what is wrong"],
        ["A3", "Cuenco", "5", "gratis", "“gratis” is not a price in EUR."],
    ]


def test_nothing_lands_while_rows_are_wrong_unless_it_is_wanted(office):
    job_page = office.post(send(office, TEXT), answers()).headers["Location"]
    office.post(job_page)
    assert not Product.objects.exists()
    office.post(job_page, {"anyway": "on"})
    assert Product.objects.count() == 2


def test_an_import_is_undone_in_the_office(office):
    job_page = office.post(send(office, TEXT), answers()).headers["Location"]
    office.post(job_page, {"anyway": "on"})
    assert "Undo this import" in office.get(job_page).content.decode()
    office.post(job_page, {"undo": "1"})

    assert not Product.objects.exists()
    text = office.get(job_page).content.decode()
    assert "undone" in text and "taken away: 2" in text


def test_a_workbook_is_read_by_its_first_sheet_or_by_the_one_that_is_named(tmp_path):
    rows = ["key", "name", "price", "barcode"], ["1", "Cup", 12.5, 4006381333931], ["2", "=1+1", 3, None]
    path = book(tmp_path / "goods.xlsx", *rows)
    take(path)
    cup = Variant.objects.get(product__import_key="csv:1")
    assert (cup.price, cup.barcode) == (1250, "4006381333931")

    told = {"columns": {"key": "key", "name": "name", "price": "price"}, "tab": "Other"}
    take(path, told=told)
    assert Product.objects.get(import_key="csv:9").name_en == "Nine"


def test_a_workbook_is_sent_asked_about_and_taken_over(office, tmp_path):
    path = book(tmp_path / "goods.xlsx", ["Ref", "Denominación", "x", "Precio"], ["A1", "Taza", "", 3.5])
    address = send(office, path.read_bytes(), "lista.xlsx")
    page = office.get(address).content.decode()
    assert "Taza" in page and "?tab=Other" in page

    office.post(office.post(address, answers()).headers["Location"])
    assert Variant.objects.get(sku="A1").price == 350


def test_a_workbook_has_the_columns_that_stand_in_it_and_no_empty_ones(tmp_path):
    seen = sketch(book(tmp_path / "book.xlsx", ["SKU", "Name", None], ["A-1", "Cup", None]))

    assert (seen.titles, seen.rows) == (["SKU", "Name"], [["A-1", "Cup"]])


def test_numbers_of_a_workbook_are_numbers_whatever_the_mapping_says_of_commas(tmp_path):
    path = book(tmp_path / "goods.xlsx", ["id", "title", "cost"], ["1", "Cup", 1.234])
    take(path, told={"columns": {"key": "id", "name": "title", "weight": "cost"}, "decimal": ",",
                     "defaults": {"price": "5"}, "weight_unit": "kg"})  # fmt: skip

    assert Variant.objects.get().weight_g == 1234


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    path = book(tmp_path / "goods.xlsx", ["key", "name", "price"], *[[str(n), "Cup", 1] for n in range(50)])
    monkeypatch.setattr(workbook, "MAX_BYTES", 500)
    with pytest.raises(Unreadable, match="too large"):
        sketch(path)


@pytest.mark.parametrize("parts", [{"xl/workbook.xml": b"<x"}, {"xl/workbook.xml": b"", "[Content_Types].xml": b""}])
def test_a_broken_workbook_is_refused_with_a_sentence(tmp_path, parts):
    path = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    with pytest.raises(Unreadable, match="damaged"):
        sketch(path)


def test_a_broken_workbook_is_told_in_the_office(office, tmp_path):
    path = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/workbook.xml", b"<nonsense")
    assert "damaged" in office.get(send(office, path.read_bytes(), "x.xlsx")).content.decode()


def test_a_price_list_changes_what_is_here_and_makes_nothing(tmp_path):
    make_variant(make_product("Mug"), sku="MUG", price=1000)
    path = tmp_path / "prices.csv"
    path.write_text("sku,price\nMUG,12.00\nUNKNOWN,5\n", "utf-8")
    sums, rows = take(path, told={"columns": {"sku": "sku", "price": "price"}})

    assert sums.counts == {"changed": 1, "wrong": 1}
    assert "without a name none can be made" in rows[1].details[0]
    assert Variant.objects.get().price == 1200


@pytest.mark.parametrize("text", ["=1", "'=1", "''@x", " -1", "-", "plain", "'plain", "", "\t=", "'", "+34 960"])
def test_what_is_neutralised_is_read_as_it_was(text):
    assert bare(safe(text)) == text
    assert not safe(text).startswith(("=", "+", "-", "@", "\t"))


def test_columns_are_guessed_in_three_languages():
    titles = ["Ref.", "Nombre ES", "Precio", "Image Src", "Meta title", "Größe", "option:size", "name"]
    found = ["sku", "name_es", "price", "picture", "search_title", "", "option:size", "name"]
    assert guess(titles, [], True) == found
    assert guess(["Артикул", "Название", "Цена"], [], True) == ["sku", "name", "price"]
    assert guess(["SKU", "name:en", "Title ES"], [], True) == ["sku", "name", "name_es"]
    german = [
        "Artikelnummer",
        "Artikelbezeichnung",
        "Kurzbeschreibung",
        "Marke",
        "Warengruppe",
        "Lagerbestand",
        "Preis",
    ]
    assert guess(german, [], True) == ["key", "name", "summary", "brand", "category", "stock", "price"]


if NAUGHTY.exists():

    def test_naughty_strings_in_every_cell_land_or_are_refused_but_nothing_breaks(office, tmp_path):
        strings = json.loads(NAUGHTY.read_text("utf-8"))
        path = tmp_path / "naughty.csv"
        with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
            table = csv.writer(file)
            table.writerow(["key", "name", "price", "description", "brand", "category", "barcode"])
            for number, text in enumerate(strings):
                table.writerow([f"k{number}", text, "1", text, text, text, text])
        job = jobs.keep([path.read_bytes()], "naughty.csv")
        jobs.settle(job)
        jobs.look(job)
        assert job.state == jobs.READY, job.problem
        page = reverse("admin:catalog_product_import_job", args=[job.id])
        for number in range(1, 7):
            assert office.get(page, {"page": number}).status_code == 200
        jobs.order(job)
        jobs.take_over(job)
        assert job.state == jobs.DONE
        counts = job.sums["counts"]
        assert counts["new"] > 200 and counts["new"] + counts["wrong"] == job.sums["lines"]


@pytest.mark.parametrize(
    ("prices", "sign"), [(["12,50", "1.234,00"], ","), (["12.50", "1,234.00"], "."), (["12", "kaputt"], ".")]
)
def test_the_sign_before_the_decimals_is_told_by_the_prices(prices, sign):
    assert decimal_of([["A-1", price, "1"] for price in prices]) == sign
