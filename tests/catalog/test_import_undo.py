"""Undoing an import: what it did is taken back, what people did since stays and is told."""

import csv

import pytest

from catalog.actions import listing
from catalog.actions.exporting import export
from catalog.actions.importing import jobs
from catalog.models import Attribute, AttributeValue, Listing, Picture, Product, StockLevel, StockMovement, Tag, Variant
from tests.catalog.files import cup, shopify
from tests.catalog.test_export import columns
from tests.makers import make_product, make_variant

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"


def imported(path, **told) -> jobs.Job:
    job = jobs.keep([path.read_bytes()], path.name, actor="clerk@example.com", **told)
    jobs.settle(job)
    jobs.look(job)
    assert jobs.order(job), job.problem
    jobs.take_over(job)
    return job


def undone(job: jobs.Job, keeps=lambda ids: []) -> dict[str, str]:
    """The verdict of each product."""
    assert jobs.order_undo(job)
    jobs.take_back(job, keeps)
    assert job.state == jobs.UNDONE, job.problem
    return {row.key: row.verdict for row in jobs.rows(job)}


def edited(tmp_path, change):
    path = tmp_path / "goods.csv"
    export(path, "csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, rows[0])
        table.writeheader()
        table.writerows(rows)
    return path


def snapshot() -> list[dict]:
    rows = [columns(row) for model in (Product, Variant, StockLevel) for row in model.objects.order_by("pk")]
    return [{name: value for name, value in row.items() if name != "updated_at"} for row in rows]


def everything(rows) -> None:
    """Edits of every kind."""
    rows[0] |= {"name_en": "Beaker", "name_ru": "Кубок", "price": "5.00", "stock:Warehouse": "3", "weight": "80"}
    rows[0] |= {"category": "Attic", "attribute:material": "Clay | Tin", "tags": "new", "slug": "beaker"}


def test_what_was_changed_is_put_back(tmp_path):
    product = make_product("Mug", slug="mug")
    make_variant(product, sku="MUG", combination="")
    material = Attribute.objects.create(code="material", name="Material")
    product.attributes.add(AttributeValue.objects.create(attribute=material, code="clay", value="Clay"))
    product.tags.add(Tag.objects.create(code="old", name="Old"))
    listing.refresh([product.pk])
    before = snapshot()
    job = imported(edited(tmp_path, everything))
    assert Product.objects.get().name_en == "Beaker" and StockLevel.objects.get().on_hand == 3

    assert undone(job) == {"mug": "restored"}
    assert snapshot() == before
    assert [value.code for value in product.attributes.all()] == ["clay"]
    assert [tag.code for tag in product.tags.all()] == ["old"]
    assert Listing.objects.get().card["name"]["en"] == "Mug"
    assert list(StockMovement.objects.order_by("pk").values_list("delta", flat=True)) == [10, -7, 7]


def test_what_was_changed_since_stays_and_is_told(tmp_path):
    make_variant(make_product("Mug", slug="mug"), sku="MUG", combination="")
    job = imported(edited(tmp_path, everything))
    Variant.objects.update(price=777)
    StockLevel.objects.update(on_hand=2)

    assert undone(job) == {"mug": "restored"}
    row = next(iter(jobs.rows(job)))
    assert row.details == ["price was changed since and stays.", "Stock has moved since and stays."]
    assert Product.objects.get().name_en == "Mug"
    assert (Variant.objects.get().price, StockLevel.objects.get().on_hand) == (777, 2)


def test_what_was_made_goes_unless_it_was_sold_or_worked_on(tmp_path):
    lines = [cup(Handle=name, Title=name.title(), SKU=name) for name in ("plain", "sold", "edited")]
    job = imported(shopify(tmp_path / "s.csv", *lines))
    sold = Product.objects.get(slug="sold").pk
    edited_one = Product.objects.get(slug="edited")
    edited_one.summary = "Somebody wrote this."
    edited_one.save()

    found = undone(job, lambda ids: [pk for pk in ids if pk == sold])
    assert found == {"plain": "removed", "sold": "archived", "edited": "archived"}
    assert not Product.objects.filter(slug="plain").exists()
    assert set(Product.objects.values_list("status", flat=True)) == {"archived"}
    assert not Listing.objects.exists()
    assert "put back: 0, taken away: 1, archived: 2" in job.sums["text"]


def test_an_import_is_undone_once(tmp_path):
    job = imported(shopify(tmp_path / "s.csv", cup()))
    undone(job)

    assert not jobs.order_undo(job)
    assert not jobs.find(job.id).can_be_undone


def test_it_may_be_imported_again_after_it_was_undone(tmp_path):
    path = shopify(tmp_path / "s.csv", cup())
    undone(imported(path))

    assert imported(path).sums["counts"] == {"new": 1}
    assert Product.objects.get().status == "published"


def test_words_of_pictures_that_are_here_follow_the_file_and_come_back(tmp_path):
    product = make_variant(make_product("Mug", slug="mug"), sku="MUG", combination="").product
    words = [{"alt": "Lid | open", "alt_en": "Lid | open", "alt_ru": "Крышка"}, {"alt": "Mug", "alt_en": "Mug"}]
    kept = Picture.objects.rewrite(False)
    for place, told in enumerate(words):
        kept.bulk_create([Picture(product=product, image=f"products/{place}.webp", position=place, width=4, height=5)])
        kept.filter(position=place).update(**told)

    def now() -> list[tuple]:
        return list(kept.order_by("position").values_list("alt", "alt_en", "alt_ru"))

    before = now()
    same = imported(edited(tmp_path, lambda rows: None))
    assert (same.sums["counts"], now()) == ({"same": 1}, before)

    told = {"picture_alt": "Lid / open|Blue mug", "picture_alt_ru": "|Синяя"}
    job = imported(edited(tmp_path, lambda rows: rows[0].update(told)))
    [row] = jobs.rows(job)
    assert (row.verdict, [change[1:] for change in row.changes]) == ("changed", [["Mug", "Blue mug"], ["–", "Синяя"]])
    assert now() == [before[0], ("Blue mug", "Blue mug", "Синяя")]

    kept.filter(position=1).update(alt_ru="Сама")
    assert undone(job) == {"mug": "restored"}
    assert now() == [before[0], ("Mug", "Mug", "Сама")]
