"""Whatever is done in whatever order, the ledger adds up to the shelf."""

import pytest
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.actions import stock
from catalog.models import StockLevel
from tests.makers import make_variant

STEPS = st.lists(
    st.tuples(st.sampled_from(["reserve", "release", "ship", "adjust", "count"]), st.integers(1, 6)),
    max_size=12,
)


def walk(variant, steps) -> None:
    """Do each step, or be refused."""
    held = []
    for step, number in steps:
        try:
            if step == "reserve":
                held += stock.reserve({variant.pk: number})
            elif step in ("release", "ship") and held:
                line = [held.pop()]
                stock.release(line) if step == "release" else stock.ship(line, document="41")
            elif step == "adjust":
                stock.adjust(variant, by=number - 3)
            elif step == "count":
                stock.count(variant, on_hand=number)
        except (stock.SoldOut, stock.HeldForOrders):
            continue


@pytest.mark.django_db
@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_the_ledger_always_adds_up_to_what_is_on_hand(steps):
    variant = make_variant(stock=4)

    walk(variant, steps)

    level = StockLevel.objects.get(variant=variant)
    entries = list(level.movements.order_by("pk").values_list("delta", "on_hand_after"))
    assert level.movements.aggregate(total=Sum("delta"))["total"] == level.on_hand
    assert [after for _, after in entries] == [
        sum(delta for delta, _ in entries[: end + 1]) for end in range(len(entries))
    ]
    assert 0 <= level.reserved <= level.on_hand
