"""The house stands as docs/architecture.md draws it; its promises have the tests that docs/promises.md names."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps

from orders.models import Order
from tests import house

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def imports():
    return house.imports_of(ROOT)


def planted(root: Path, module: str, code: str) -> list[house.Import]:
    path = root / Path(*module.split(".")).with_suffix(".py")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(code, encoding="utf-8")
    return house.imports_of(root)


def test_nobody_climbs_the_stairs(imports):
    assert imports
    assert house.climbers(imports) == []


def test_only_the_counter_and_the_office_speak_http(imports):
    assert house.speakers(imports) == []


def test_no_rule_hides_behind_a_model_signal(imports):
    assert house.hidden_causes(imports) == []


def test_no_modules_import_each_other_in_a_circle(imports):
    assert house.circles(imports) == []


def test_foreign_keys_lead_downstairs():
    assert house.upward_keys(apps.get_models()) == []


@pytest.mark.parametrize(
    ("module", "code"),
    [
        ("catalog.actions.stock", "from orders.models import Order\n"),
        ("orders.actions.checkout", "def f():\n    import marketing.models\n"),
        ("customers.mail", "from catalog import money\n"),
        ("shop.views.browse", "import config.settings\n"),
    ],
)
def test_a_planted_climber_is_caught(tmp_path, module, code):
    found = house.climbers(planted(tmp_path, module, code))

    assert len(found) == 1
    assert found[0].startswith(module)


def test_a_planted_view_below_the_counter_is_caught(tmp_path):
    found = house.speakers(planted(tmp_path, "orders.actions.pay", "from django.http import HttpResponse\n"))

    assert len(found) == 1


def test_the_back_office_may_speak_http(tmp_path):
    assert house.speakers(planted(tmp_path, "orders.admin.order", "from django.shortcuts import redirect\n")) == []


def test_a_planted_signal_is_caught(tmp_path):
    code = "from django.db.models.signals import post_save\n"

    assert len(house.hidden_causes(planted(tmp_path, "orders.receivers", code))) == 1


def test_a_planted_circle_is_caught(tmp_path):
    planted(tmp_path, "orders.first", "from orders import second\n")
    found = planted(tmp_path, "orders.second", "from orders.first import thing\n")

    assert house.circles(found) == ["orders.first", "orders.second"]


def test_a_planted_foreign_key_is_caught():
    field = SimpleNamespace(name="order", is_relation=True, related_model=Order)
    meta = SimpleNamespace(app_label="catalog", fields=[field], many_to_many=[])
    model = SimpleNamespace(_meta=meta, __name__="Product")

    assert house.upward_keys([model]) == ["Product.order leads from catalog up to orders"]


def test_each_promise_names_tests_that_exist():
    rows = [line for line in (ROOT / "docs/promises.md").read_text("utf-8").splitlines() if line.startswith("|")][2:]
    for row in rows:
        named = re.findall(r"`((?:\w+/)+test_\w+\.py)(?:::(test_\w+))?`", row)
        assert named, row
        for file, test in named:
            assert (f"def {test}(" if test else "def test_") in (ROOT / "tests" / file).read_text("utf-8"), (file, test)
