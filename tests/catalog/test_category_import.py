"""Whole trees arrive by file."""

import gzip
import json

import pytest
from django.core.management import CommandError, call_command

from catalog.actions import category_import
from catalog.models import Category
from tests.makers import make_category

pytestmark = pytest.mark.django_db


def drawn() -> list[str]:
    return ["-" * (row.depth - 1) + row.name for row in Category.objects.order_by("path")]


def test_paths_become_a_sound_tree_and_again_change_nothing(tmp_path):
    make_category("Table")
    file = tmp_path / "tree.csv"
    file.write_text("path\nTable > Cups\ntable > Plates > Deep\nBath\n", encoding="utf-8")

    first = category_import.run(file)
    again = category_import.run(file)

    assert drawn() == ["Table", "-Cups", "-Plates", "--Deep", "Bath"]
    assert [row.verdict for row in first] == ["new", "new", "new"]
    assert [row.verdict for row in again] == ["known", "known", "known"]
    assert not any(Category.find_problems())


def test_a_dry_run_only_tells(tmp_path):
    file = tmp_path / "tree.csv"
    file.write_text("path\nTable > Cups\n", encoding="utf-8")

    assert [row.verdict for row in category_import.run(file, dry=True)] == ["new"]
    assert not Category.objects.exists()


def test_a_wrong_row_says_why_and_the_rest_goes_on(tmp_path):
    file = tmp_path / "tree.csv"
    rows = [
        "Table >  > Cups",
        "",
        ">".join("abcdefghijklmnopqrstuvwxyz"),
        "x" * 121,
        "<img src=x",
        "Bath",
    ]
    file.write_text("path,note\n" + "".join(f'"{row}",.\n' for row in rows), encoding="utf-8")

    told = category_import.run(file)

    assert [row.verdict for row in told] == ["wrong", "wrong", "wrong", "wrong", "new", "new"]
    assert all(row.note for row in told if row.verdict == "wrong")
    assert Category.objects.count() == 2


def test_ids_that_lead_nowhere_are_told(tmp_path):
    row = {
        "id": "a",
        "path": [{"id": "z", "name": "Gifts"}, {"id": "a", "name": "Him"}],
        "subCategories": [{"id": "q"}],
    }
    file = tmp_path / "tree.json.gz"
    file.write_bytes(gzip.compress(json.dumps([row]).encode()))

    assert "2 categories" in category_import.run(file)[0].note
    assert drawn() == ["Gifts", "-Him"]


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "[", "{}", '{"a": 1}', "[" * 100_000])
def test_what_is_no_list_of_paths_is_refused_with_a_sentence(tmp_path, text):
    file = tmp_path / "tree.csv"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(CommandError) as refused:
        call_command("import_categories", str(file))

    assert str(refused.value)
