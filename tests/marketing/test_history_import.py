"""What people bought in another system counts for their stage here; read twice, it is there once."""

import gzip
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from marketing.actions import evaluating
from marketing.models import Event, PastOrder, Profile

pytestmark = pytest.mark.django_db

ORDERS = """No,Who,When,Pieces,Price
1,Ada@example.com,2026-01-05 10:00:00,2,2.55
1,Ada@example.com,2026-01-05 10:00:00,1,1.00
C2,ada@example.com,2026-01-09,-1,1.00
3,17850.0,2026-02-01,1,9.99
,17850.0,2026-02-01,1,9.99
4,,2026-02-01,1,9.99
5,ada@example.com,tomorrow,1,9.99
6,ada@example.com,2026-02-01,1,NaN
1,ben@example.com,2026-01-05,1,1.00
"""
MAP = ["order=No", "person=Who", "at=When", "quantity=Pieces", "price=Price"]


def told(file, *options, **named) -> str:
    out = StringIO()
    call_command("import_history", file, *options, stdout=out, **named)
    return out.getvalue()


def test_orders_become_people_and_their_stage(tmp_path):
    file = tmp_path / "orders.csv.gz"
    file.write_bytes(gzip.compress(ORDERS.encode()))

    first = told(file, source="old", map=MAP)
    again = told(file, source="old", map=MAP)

    assert "9 rows: 3 orders new, 0 known before, 2 people new, 3 facts, 5 rows left out." in first
    assert "line 8: no time: tomorrow" in first
    assert "0 orders new, 3 known before, 0 people new" in again
    ada = Profile.objects.get(email="ada@example.com")
    assert list(ada.past_orders.order_by("placed_at").values_list("reference", "value", "pieces")) == [
        ("1", 610, 3),
        ("C2", -100, 0),
    ]
    evaluating.evaluate(timezone.now())
    ada.refresh_from_db()
    assert (ada.orders_count, ada.spent) == (1, 510)
    assert Profile.objects.get(email="17850@old.invalid").orders_count == 1


def test_looks_name_nobody_and_are_told_once(tmp_path):
    file = tmp_path / "looks.csv"
    file.write_text("session,position,item\n1,1,a\n1,2,b\n")
    for _time in range(2):
        told(file, "--looks", source="clicks", map=["visit=session", "place=position", "thing=item"], at="2015-05-01")

    assert list(Event.objects.order_by("pk").values_list("type", "text", "source", "profile", "visitor")) == [
        ("product_viewed", "a", "clicks", None, None),
        ("product_viewed", "b", "clicks", None, None),
    ]


@pytest.mark.parametrize(
    ("named", "why"), [({"source": "shop"}, "name of its own"), ({"map": ["at=No"]}, "no column for")]
)
def test_what_cannot_be_read_is_refused_in_words(tmp_path, named, why):
    file = tmp_path / "orders.csv"
    file.write_text(ORDERS)

    with pytest.raises(CommandError, match=why):
        told(file, **{"source": "old", "map": MAP, **named})
    assert not PastOrder.objects.exists()
