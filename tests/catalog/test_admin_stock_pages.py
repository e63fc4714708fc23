"""The pages of the stock in the back office: counting, moving, ordering, files."""

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from catalog.actions import stock_take
from catalog.models import BundleItem, Consignment, Location, StockLevel, StockMovement, StockTake, Variant
from catalog.queries.running_low import RunningLow
from tests.customers.office import clerk_with
from tests.makers import make_product, make_variant

pytestmark = pytest.mark.django_db
MAY = [
    *(f"{verb}_{model}" for verb in ("view", "add", "change") for model in ("stocktake", "consignment")),
    "view_stocklevel", "change_stocklevel", "view_stockmovement", "view_product", "change_product",
]  # fmt: skip


@pytest.fixture
def clerk(client):
    clerk = clerk_with(*MAY)
    client.force_login(clerk)
    return clerk


@pytest.fixture
def cup(db):
    return make_variant(make_product("Cup"), stock=5, sku="CUP", barcode="84123")


def said(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_a_place_is_counted_with_a_scanner_and_booked(client, clerk, cup):
    place = Location.objects.get()
    client.post(reverse("admin:catalog_stocktake_add"), {"location": place.pk})
    take = StockTake.objects.get()
    scan, close = (reverse(f"admin:catalog_stocktake_{verb}", args=[take.pk]) for verb in ("scan", "close"))

    for code in ("84123", "CUP", "unknown<b>"):
        response = client.post(scan, {"code": code})
    assert "unknown<b>" in said(response)
    page = client.get(reverse("admin:catalog_stocktake_change", args=[take.pk])).content.decode()
    assert "unknown&lt;b&gt;" in page and "unknown<b>" not in page
    assert 'name="counted" value="2"' in page

    line = take.lines.get()
    client.post(reverse("admin:catalog_stocktake_set", args=[take.pk]), {"line": line.pk, "counted": "4"})
    question = client.post(close).content.decode()
    assert "1 difference is booked" in question
    client.post(close, {"confirmed": "1"})

    assert cup.levels.get().on_hand == 4
    assert StockMovement.objects.first().actor == str(clerk)


def test_the_script_gets_only_the_part_that_changed(client, clerk, cup):
    take = stock_take.start(Location.objects.get(), timezone.now())

    response = client.post(
        reverse("admin:catalog_stocktake_scan", args=[take.pk]), {"code": "CUP"}, headers={"HX-Request": "true"}
    )

    assert response.content.decode().lstrip().startswith('<p id="scan-said"')
    assert "1 counted" in response.content.decode()


@pytest.mark.parametrize("typed", ["-1", "abc", "1e9", "99999999999", "\u0661"])
def test_what_is_no_number_of_pieces_is_refused(client, clerk, cup, typed):
    take = stock_take.start(Location.objects.get(), timezone.now())
    line = stock_take.scan(take, "CUP", timezone.now())

    client.post(reverse("admin:catalog_stocktake_set", args=[take.pk]), {"line": line.pk, "counted": typed})

    line.refresh_from_db()
    assert line.counted == 1


def test_who_may_only_look_can_count_nothing(client, cup):
    client.force_login(clerk_with("view_stocktake"))
    take = stock_take.start(Location.objects.get(), timezone.now())

    for verb in ("scan", "set", "close"):
        assert client.post(reverse(f"admin:catalog_stocktake_{verb}", args=[take.pk])).status_code == 403


def test_a_delivery_is_written_down_ordered_and_received(client, clerk, cup):
    form = {
        "source": "", "supplier": "Kiln", "destination": Location.objects.get().pk, "document": "LS 7",
        "expected_on": "2026-12-12", "note": "", "lines-TOTAL_FORMS": "1", "lines-INITIAL_FORMS": "0",
        "lines-0-code": "84123", "lines-0-quantity": "6",
    }  # fmt: skip
    client.post(reverse("admin:catalog_consignment_add"), form)
    made = Consignment.objects.get()

    client.post(reverse("admin:catalog_consignment_send", args=[made.pk]))
    assert cup.levels.get().incoming == 6
    line = made.lines.get()
    client.post(reverse("admin:catalog_consignment_receive", args=[made.pk]), {f"line-{line.pk}": "6"})

    assert (cup.levels.get().on_hand, cup.levels.get().incoming) == (11, 0)
    assert client.get(reverse("admin:catalog_consignment_change", args=[made.pk])).status_code == 200


def test_what_runs_low_becomes_a_draft_of_a_delivery(client, clerk, cup):
    low = make_variant(make_product("Pot"), stock=1, sku="POT")

    page = client.get(reverse("admin:catalog_stocklevel_low")).content.decode()
    client.post(reverse("admin:catalog_stocklevel_low"))

    assert "POT" in page and "CUP" not in page
    line = Consignment.objects.get(status="draft").lines.get()
    assert (line.variant, line.quantity) == (low, 2)


def test_a_file_sets_and_changes_stock_and_tells_of_each_row(client, clerk, cup):
    pot = make_variant(stock=3, sku="POT")
    text = "sku;quantity;mode\nCUP;7;set\nPOT;-1;delta\nNONE;1;\nPOT;x;\n"
    body = {"mode": "set", "document": "POS 1"}

    def send():
        file = SimpleUploadedFile("stock.csv", text.encode("utf-8-sig"))
        return client.post(reverse("admin:catalog_stocklevel_file"), {**body, "file": file}).content.decode()

    first, again = send(), send()

    assert "2 rows done" in first and "2 not done" in first
    assert "1 was known and changed nothing" in again
    assert (cup.levels.get().on_hand, pot.levels.get().on_hand) == (7, 2)


@pytest.mark.parametrize("content", [b"", b"\x89PNG\x00", b"name,price\n1,2\n", "año;1".encode("latin-1")])
def test_what_is_no_table_of_stock_is_refused_with_a_sentence(client, clerk, content):
    file = SimpleUploadedFile("stock.csv", content)

    response = client.post(reverse("admin:catalog_stocklevel_file"), {"file": file, "mode": "set", "document": "x"})

    assert response.status_code == 422


def test_the_ledger_as_a_file_holds_no_formulas(client, clerk, cup):
    StockMovement.objects.update(note="=1+1", document="@x")

    response = client.get(reverse("admin:catalog_stockmovement_as_file"))
    text = b"".join(response.streaming_content).decode("utf-8-sig")

    assert "'=1+1" in text and "'@x" in text


def test_a_bundle_is_put_together_by_codes(client, clerk, cup):
    bundle = make_variant(make_product("Set", kind="bundle"), tracks_stock=False, sku="SET")
    address = reverse("admin:catalog_product_components", args=[bundle.pk])
    form = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-quantity": "4", "form-1-code": ""}

    assert client.post(address, {**form, "form-0-code": "SET"}).status_code == 422
    assert client.post(address, {**form, "form-0-code": "nothing"}).status_code == 422
    client.post(address, {**form, "form-0-code": "84123"})

    assert list(BundleItem.objects.values_list("component__sku", "quantity")) == [("CUP", 4)]


def test_what_runs_low_is_counted_over_all_places_and_paged(client, clerk, cup):
    for number in range(51):
        make_variant(make_product(f"Pot {number}"), stock=0, sku=f"POT-{number:02}")
    shop = Location.objects.create(name="Shop")
    StockLevel.objects.create(variant=Variant.objects.get(sku="POT-07"), location=shop, on_hand=9)
    Location.objects.create(name="Closed", is_active=False).levels.create(variant=Variant.objects.get(sku="POT-08"))

    rows = RunningLow(timezone.now())
    page = client.get(reverse("admin:catalog_stocklevel_low") + "?page=1").content.decode()

    assert (rows.count(), rows.counts) == (50, (50, 0))
    assert [variant.sku for variant in rows[0:9]] == [f"POT-{number:02}" for number in range(10) if number != 7]
    assert "POT-08" in page and "POT-07" not in page
