"""Sums that must be right for every price there is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.money import Money
from orders.pricing import Item, price

CLASSES = ("standard", "reduced", "zero")
RATES = {"standard": 2100, "reduced": 1000}

items = st.builds(Item, st.integers(0, 10**9), st.integers(1, 999), st.sampled_from(CLASSES))
rates = st.dictionaries(st.sampled_from(CLASSES), st.integers(0, 10_000))
deliveries = st.none() | st.integers(0, 10**6)


@given(st.lists(items, max_size=12), rates, deliveries)
def test_net_and_tax_make_gross_in_each_row_and_in_total(lines, rates, delivery):
    priced = price(lines, rates, delivery)

    rows = [*priced.rows, *([priced.delivery] if priced.delivery else [])]
    assert all(row.net + row.tax == row.gross and row.net >= 0 and row.tax >= 0 for row in rows)
    assert priced.net_total + priced.tax_total == priced.total
    assert priced.total == sum(row.gross for row in rows)
    assert priced.total == priced.goods_total + (delivery or 0)


@given(st.lists(items, max_size=8).flatmap(lambda lines: st.tuples(st.just(lines), st.permutations(lines))), rates)
def test_the_order_of_lines_changes_no_total(both, rates):
    lines, shuffled = both

    one, other = price(lines, rates, 490), price(shuffled, rates, 490)

    assert (one.net_total, one.tax_total, one.total) == (other.net_total, other.tax_total, other.total)


@given(items, st.integers(0, 10_000))
def test_tax_is_never_further_than_half_a_unit_from_the_exact_one(item, rate_bp):
    row = price([item], {item.tax_class: rate_bp}).rows[0]

    exact_times_base = row.gross * rate_bp
    assert abs(row.tax * (10_000 + rate_bp) - exact_times_base) * 2 <= 10_000 + rate_bp


@pytest.mark.parametrize(
    ("currency", "text", "tax"), [("EUR", "121.00", "21.00"), ("JPY", "121", "21"), ("KWD", "1.210", "0.210")]
)
def test_currencies_with_any_number_of_decimals_are_taxed_in_their_own_units(currency, text, tax):
    gross = Money.parse(text, currency).minor

    priced = price([Item(gross, 1, "standard")], RATES)

    assert priced.tax_total == Money.parse(tax, currency).minor


def test_delivery_is_taxed_at_the_standard_rate():
    priced = price([Item(1000, 1, "zero")], RATES, delivery=121)

    assert (priced.delivery.tax, priced.delivery.rate_bp) == (21, 2100)
    assert priced.rows[0].tax == 0


def test_a_destination_without_rates_pays_no_tax():
    assert price([Item(1000, 2, "standard")], {}, delivery=500).tax_total == 0


@pytest.mark.parametrize("item", [Item(-1, 1, "standard"), Item(1, 0, "standard"), Item(1, -3, "standard")])
def test_a_negative_row_is_refused(item):
    with pytest.raises(ValueError):
        price([item], RATES)
