"""What a clerk does at a shelf."""

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.actions import stock
from catalog.models import StockLevel, StockMovement
from tests.customers.office import clerk_with
from tests.makers import make_product, make_variant

pytestmark = pytest.mark.django_db
LIST = "admin:catalog_stocklevel_changelist"


@pytest.fixture
def clerk(client):
    clerk = clerk_with("view_stocklevel", "change_stocklevel", "view_stockmovement")
    client.force_login(clerk)
    return clerk


@pytest.fixture
def level(db) -> StockLevel:
    return make_variant(make_product("Wool blanket"), stock=10).levels.get()


def post(client, level: StockLevel, verb: str, **fields):
    body = {f"{verb}-{name}": value for name, value in fields.items()}
    return client.post(reverse(f"admin:catalog_stocklevel_{verb}", args=[level.pk]), body)


def said(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_a_count_sets_the_number_and_the_ledger_says_who_and_why(client, clerk, level):
    response = post(client, level, "count", on_hand=7, reason="counted", note="after the fair", seen=10)

    assert "10 → 7" in said(response)
    level.refresh_from_db()
    assert level.on_hand == 7
    row = level.movements.first()
    assert (row.delta, row.reason, row.note, row.actor) == (-3, "counted", "after the fair", clerk.email)
    page = client.get(response.url).content.decode()
    assert "10 → 7" in page
    assert "after the fair" in page


def test_a_movement_sent_twice_moves_once(client, clerk, level):
    first = post(client, level, "move", by="-2", reason="damaged", note="", seen=10)
    second = post(client, level, "move", by="-2", reason="damaged", note="", seen=10)

    assert "10 → 8" in said(first)
    assert "Nothing was changed" in said(second)
    level.refresh_from_db()
    assert level.on_hand == 8
    assert level.movements.filter(reason="damaged").count() == 1


def test_pieces_held_for_orders_cannot_be_counted_away(client, clerk, level):
    stock.reserve({level.variant_id: 4})

    assert "4 pieces are held" in said(post(client, level, "count", on_hand=3, reason="counted", seen=10))
    level.refresh_from_db()
    assert level.on_hand == 10


@pytest.mark.parametrize(
    ("verb", "fields"),
    [("count", {"on_hand": -1}), ("count", {"on_hand": "many"}), ("move", {"by": 0}), ("move", {"by": "1.5"})],
)
def test_a_number_that_makes_no_sense_is_refused_on_the_page(client, clerk, level, verb, fields):
    reason = "counted" if verb == "count" else "received"

    assert post(client, level, verb, reason=reason, seen=10, **fields).status_code == 422
    assert StockMovement.objects.count() == 1


def test_who_may_only_look_changes_nothing(client, level):
    client.force_login(clerk_with("view_stocklevel"))

    assert post(client, level, "count", on_hand=1, reason="counted", seen=10).status_code == 403
    assert b"Set the number" not in client.get(reverse("admin:catalog_stocklevel_change", args=[level.pk])).content
    client.force_login(clerk_with("view_order"))
    assert client.get(reverse("admin:catalog_stocklevel_change", args=[level.pk])).status_code == 403


def test_the_list_tells_what_ran_out(client, clerk, level):
    empty = make_variant(make_product("Oak stool"), stock=0).levels.get()
    scarce = make_variant(make_product("Lamp"), stock=2).levels.get()

    def found(query: str) -> set[int]:
        return {row.pk for row in client.get(f"{reverse(LIST)}?{query}").context["cl"].result_list}

    assert found("left=none") == {empty.pk}
    assert found("left=low") == {scarce.pk}
    assert found("left=plenty") == {level.pk}
    assert found("q=blanket") == {level.pk}
    assert found(f"q={scarce.variant.sku}") == {scarce.pk}


@pytest.mark.parametrize("name", ["stocklevel", "stockmovement"])
def test_lists_do_not_ask_more_for_more_rows(client, clerk, level, name):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(f"admin:catalog_{name}_changelist")).status_code == 200
        return len(asked)

    queries()
    few = queries()
    for number in range(4):
        make_variant(make_product(f"Cup {number}"), stock=number)

    assert queries() <= few <= 12


def test_nobody_writes_in_the_ledger(client, level):
    client.force_login(clerk_with("view_stockmovement", "change_stockmovement", "delete_stockmovement"))
    row = level.movements.get()

    assert client.post(reverse("admin:catalog_stockmovement_change", args=[row.pk]), {"delta": 5}).status_code == 403
    assert client.post(reverse("admin:catalog_stockmovement_delete", args=[row.pk])).status_code == 403
