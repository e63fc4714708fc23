"""Import products in the back office: look first, take over once, read what became of it."""

import csv
import io
import json

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from catalog.actions.importing import jobs
from catalog.models import Category, Product, StockMovement, Variant
from tests.catalog.files import PLAIN, cup, shopify
from tests.makers import make_category, make_customer

pytestmark = pytest.mark.django_db
SEND = "/admin/catalog/product/import/"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"


def clerk(client, *may: str):
    person = make_customer("clerk@example.com", is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename__in=may))
    client.force_login(person)
    return client


@pytest.fixture
def office(client):
    return clerk(client, "add_product", "change_product", "view_product")


def upload(tmp_path, *lines, name="shop.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, shopify(tmp_path / "sent.csv", *lines).read_bytes(), "text/csv")


def send(office, tmp_path, *lines, **fields):
    return office.post(SEND, {"file": upload(tmp_path, *lines), **fields})


def test_a_file_is_looked_at_then_taken_over_once(office, tmp_path):
    page = send(office, tmp_path, cup(), cup(Handle="bad", Title="Bad", Price="?"))
    address = page.headers["Location"]
    shown = office.get(address)

    assert not Product.objects.exists()
    text = shown.content.decode()
    assert "2 rows: 1 new, 0 changed, 0 same, 1 refused" in text
    assert "“?” is not a price in EUR." in text
    assert "Take it over" in text

    assert "to be decided" in office.post(address, follow=True).content.decode()
    assert not Product.objects.exists()
    assert office.post(address, {"anyway": "on"}).status_code == 302
    office.post(address, {"anyway": "on"})
    done = office.get(address).content.decode()

    assert Product.objects.get().name_en == "Cup"
    assert "Take it over" not in done and "taken over" in done
    movement = StockMovement.objects.get()
    assert (movement.document, movement.actor) == ("shop.csv", "clerk@example.com")


def test_rows_can_be_narrowed_to_a_result(office, tmp_path):
    address = send(office, tmp_path, cup(), cup(Handle="bad", Title="Bad one", Price="?")).headers["Location"]
    text = office.get(address, {"result": "wrong"}).content.decode()

    assert "Bad one" in text
    assert "<td>Cup</td>" not in text
    assert office.get(address, {"result": "'\"<", "page": "x"}).status_code == 200


def test_the_report_is_no_formula_to_a_spreadsheet(office, tmp_path):
    lines = [cup(Title="=cmd|'/C calc'!A0"), cup(Handle="@h", Title="+1"), cup(Handle="-h", Title="Minus", Price="?")]
    address = send(office, tmp_path, *lines).headers["Location"]
    answer = office.get(address + "report.csv")
    table = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))

    assert "attachment" in answer.headers["Content-Disposition"]
    assert table[0] == ["line", "result", "key", "name", "details"]
    assert [row[3] for row in table[1:]] == ["'=cmd|'/C calc'!A0", "'+1", "Minus"]
    assert [row[2] for row in table[1:]] == ["cup", "'@h", "'-h"]


def test_a_page_at_work_asks_again_without_a_script(office, tmp_path):
    job = jobs.keep([b"Handle,Title,Variant Price\n"], "big.csv")
    address = reverse("admin:catalog_product_import_job", args=[job.id])
    job.save(state=jobs.RUNNING, lines=500, total=2000)
    answer = office.get(address)

    assert answer.headers["Refresh"] == "2"
    assert "500 of 2,000 rows" in answer.content.decode()
    job.save(state=jobs.DONE)
    assert "Refresh" not in office.get(address).headers


def test_large_files_are_looked_at_by_the_worker(office, tmp_path, monkeypatch):
    monkeypatch.setattr(jobs, "SMALL", 10)
    address = send(office, tmp_path, cup()).headers["Location"]

    assert "1 rows: 1 new" in office.get(address).content.decode()


def test_a_job_whose_worker_died_may_begin_again(office, tmp_path):
    job = jobs.find(send(office, tmp_path, cup()).headers["Location"].rstrip("/").rpartition("/")[2])
    job.save(state=jobs.RUNNING)
    assert not jobs.order(job)

    job.heard = (timezone.now() - jobs.SILENCE * 2).isoformat()
    assert jobs.order(job)
    jobs.take_over(job)
    assert Product.objects.count() == 1


def test_a_file_that_cannot_be_read_says_why(office, tmp_path):
    page = office.post(SEND, {"file": SimpleUploadedFile("x.csv", b"PK\x03\x04zip")}, follow=True)

    assert "Please save it as XLSX or CSV" in page.content.decode()
    assert "Take it over" not in page.content.decode()


def test_a_mapping_and_a_category_are_used(office, tmp_path):
    make_category("Attic", slug="attic")
    text = "key,name,sku,brand,price,stock,weight\n1,Cup,,,3,,\n"
    fields = {
        "file": SimpleUploadedFile("g.csv", text.encode()),
        "mapping": SimpleUploadedFile("m.json", json.dumps(PLAIN).encode()),
        "category": Category.objects.get(slug="attic").pk,
    }
    address = office.post(SEND, fields).headers["Location"]
    office.post(address)

    assert Product.objects.get().category == Category.objects.get(slug="attic")


@pytest.mark.parametrize("content", [b"nonsense", b"[" * 60_000, b"\xff\xfe\x00", b'{"columns": {"x": "y"}}', b"{}"])
def test_a_wrong_mapping_is_told_in_the_form(office, tmp_path, content):
    answer = send(office, tmp_path, cup(), mapping=SimpleUploadedFile("m.json", content))

    assert answer.status_code == 422
    assert "mapping" in answer.content.decode()
    assert jobs.latest() == []


def test_an_empty_or_missing_file_is_told_in_the_form(office):
    assert office.post(SEND, {}).status_code == 422
    assert office.post(SEND, {"file": SimpleUploadedFile("e.csv", b"")}).status_code == 422


def test_too_large_a_file_is_refused(office, tmp_path, monkeypatch):
    monkeypatch.setattr(jobs, "MAX_UPLOAD", 10)

    assert "larger than 100 MB" in send(office, tmp_path, cup()).content.decode()


def test_the_name_of_the_file_leads_nowhere(office, tmp_path):
    office.post(SEND, {"file": upload(tmp_path, cup(), name="../../evil<script>.csv")})

    job = jobs.latest()[0]
    assert sorted(path.name for path in job.folder.iterdir()) == ["file", "job.json", "preview.jsonl"]
    assert "<script>.csv" not in office.get(SEND).content.decode()


def test_only_those_who_may_add_products_come_in(client, tmp_path):
    clerk(client, "view_product", "change_product")
    job = jobs.keep([b"x"], "x.csv")

    assert client.get(SEND).status_code == 403
    for name in ("import_job", "import_report"):
        assert client.get(reverse(f"admin:catalog_product_{name}", args=[job.id])).status_code == 403
    assert client.post(reverse("admin:catalog_product_import_job", args=[job.id])).status_code == 403


def test_who_may_only_add_changes_nothing(client, tmp_path):
    office = clerk(client, "add_product")
    for price in ("5", "6"):
        address = send(office, tmp_path, cup(Price=price)).headers["Location"]
        office.post(address)

    assert Product.objects.get().variants.get().price == 500


@pytest.mark.parametrize("job_id", ["0" * 24, "x", "..", "0" * 400])
def test_a_job_that_is_not_there_is_not_found(office, job_id):
    address = reverse("admin:catalog_product_import_job", args=["0" * 24]).replace("0" * 24, job_id)

    assert office.get(address, follow=True).status_code in (200, 404)
    assert jobs.find(job_id) is None


def test_the_list_of_products_leads_to_the_import(office):
    page = office.get(reverse("admin:catalog_product_changelist")).content.decode()

    assert "Import products" in page
    followed = office.get(reverse("admin:catalog_product_changelist") + "import-products/", follow=True)
    assert followed.redirect_chain[-1][0] == SEND


def test_old_files_go(tmp_path):
    jobs.keep([b"x"], "old.csv")
    jobs.keep([b"x"], "new.csv", now=timezone.now() + jobs.KEPT * 2)

    assert [job.name for job in jobs.latest()] == ["new.csv"]


def test_whoever_may_not_see_costs_neither_reads_nor_sets_them(client, tmp_path):
    clerk(client, "add_product", "change_product", "view_product", "view_cost")
    first = send(client, tmp_path, cup(**{"Cost per item": "31.00"})).headers["Location"]
    client.post(first)
    assert Variant.objects.get().cost == 3100

    person = make_customer("novice@example.com", is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename__in=["add_product", "change_product"]))
    client.force_login(person)
    assert client.get(first).status_code == 404
    assert first not in client.get(SEND).content.decode()
    second = send(client, tmp_path, cup(**{"Cost per item": "32.00", "Price": "50.00"})).headers["Location"]
    page = client.get(second).content.decode()

    assert "31.00" not in page
    assert "Costs were left out: you may not see them." in page
    client.post(second)
    assert Variant.objects.get().cost == 3100


def test_a_file_whose_every_row_is_refused_is_not_taken_over(office, tmp_path):
    address = send(office, tmp_path, cup(Price="?"), cup(Handle="bad", Title="Bad", Price="?")).headers["Location"]

    shown = office.get(address).content.decode()
    office.post(address, {"anyway": "on"})

    assert "Every row is refused" in shown and "Take it over" not in shown
    assert "to be decided" in office.get(address).content.decode()
