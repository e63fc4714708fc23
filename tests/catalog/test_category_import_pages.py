"""A tree of categories comes by a page: looked at first, then taken over."""

import csv
import gzip

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from catalog.actions import category_jobs
from catalog.models import Category
from tests.makers import make_category, make_customer

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    client.force_login(make_customer(is_staff=True, is_superuser=True))
    return client


def send(office, content: bytes, name: str = "tree.csv"):
    return office.post(
        reverse("admin:catalog_category_import"), {"file": SimpleUploadedFile(name, content)}, follow=True
    )


def drawn() -> list[str]:
    return ["-" * (row.depth - 1) + row.name for row in Category.objects.order_by("path")]


def test_nothing_is_added_before_it_was_seen_and_agreed_to(office):
    make_category("Table")
    looked = send(office, b"path;note\nTable > Cups > Small;x\ntable;y\nBath > ;z\n")

    told = [(row.number, row.verdict, row.adds) for row, _, _ in looked.context["rows"]]
    assert told == [(2, "new", 2), (3, "known", 0), (4, "wrong", 0)]
    assert drawn() == ["Table"]

    done = office.post(looked.request["PATH_INFO"], follow=True)

    assert drawn() == ["Table", "-Cups", "--Small"]
    assert "2 categories were added." in done.content.decode()
    office.post(looked.request["PATH_INFO"])
    assert len(drawn()) == 3


def test_a_large_file_is_worked_on_in_the_background(office, monkeypatch):
    monkeypatch.setattr(category_jobs, "SMALL", 10)
    looked = send(office, gzip.compress(b"path\nTable > Cups\nBath\n"), "tree.gz")
    page = office.get(looked.request["PATH_INFO"])
    assert page.context["job"].state == "ready"

    office.post(looked.request["PATH_INFO"])

    assert drawn() == ["Table", "-Cups", "Bath"]


@pytest.mark.parametrize(
    "content",
    [b"name\nTable\n", b"\xff\xfe\x00\xd8", b'{"a": 1}', b"\x1f\x8bnot gzip", b'path\n"' + b"x" * 200_000],
    ids=["no path", "no text", "no list", "no gzip", "endless cell"],
)
def test_what_cannot_be_read_says_so_and_adds_nothing(office, content):
    # As the import of goods leaves it behind, for the whole process.
    csv.field_size_limit(512 * 1024)

    page = send(office, content)

    assert page.context["job"].state == "failed"
    assert page.context["job"].problem
    assert drawn() == []


def test_whoever_may_not_add_categories_sends_none(client):
    client.force_login(make_customer(is_staff=True))

    assert client.get(reverse("admin:catalog_category_import")).status_code == 403
    assert client.get(reverse("admin:catalog_category_import_job", args=["0" * 24])).status_code == 403
