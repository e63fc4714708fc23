"""Sums that must be right for every price there is, by every rule of rounding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.money import Money, tax_inside, tax_on
from orders.pricing import Item, Rule, Terms, price
from orders.rounding import split

CLASSES = ("standard", "reduced", "zero")
RATES = {"standard": 2100, "reduced": 1000}

items = st.builds(
    lambda unit, quantity, tax_class, part, remote: Item(
        unit, quantity, tax_class, unit * quantity * part // 100, remote
    ),
    st.integers(0, 20) | st.integers(0, 10**9),
    st.integers(1, 999),
    st.sampled_from(CLASSES),
    st.integers(0, 100),
    st.booleans(),
)
rates = st.dictionaries(st.sampled_from(CLASSES), st.integers(0, 10_000))
deliveries = st.none() | st.integers(0, 10**6)
terms = st.builds(Terms, st.booleans(), st.sampled_from(Rule), st.booleans())


@given(st.lists(items, max_size=12), rates, deliveries, terms, st.none() | rates)
def test_parts_are_the_whole_in_each_row_in_each_rate_and_in_total(lines, rates, delivery, terms, remote):
    priced = price(lines, rates, delivery, terms=terms, remote_rates=remote)

    rows = [*priced.rows, *priced.delivery_parts]
    assert all(row.net + row.tax == row.gross and row.net >= 0 and row.tax >= 0 for row in rows)
    for part in ("net", "tax", "gross"):
        whole = sum(getattr(row, part) for row in rows)
        assert whole == getattr(priced, "total" if part == "gross" else f"{part}_total")
        assert whole == sum(getattr(row, part) for row in priced.taxes.values())
        if priced.delivery:
            assert getattr(priced.delivery, part) == sum(getattr(row, part) for row in priced.delivery_parts)


@given(st.lists(items, max_size=12), rates, deliveries, terms)
def test_what_was_shown_is_what_is_paid_unless_the_rule_says_by_how_much(lines, rates, delivery, terms):
    priced = price(lines, rates, delivery, terms=terms)

    shown = priced.goods_total - priced.discount_total + (delivery or 0)
    if terms.has_tax:
        moved = priced.moved + (priced.delivery.moved if priced.delivery else 0)
        assert priced.total == shown + moved
        assert terms.rule == Rule.NET or moved == 0
    else:
        assert priced.net_total == shown
    for item, row in zip(lines, priced.rows, strict=True):
        written = item.unit_price * item.quantity - item.discount
        assert (row.gross - row.moved if terms.has_tax else row.net) == written


@given(st.lists(items, min_size=1, max_size=12), rates, deliveries, st.booleans(), st.sampled_from(["net", "gross"]))
def test_the_rules_over_sums_owe_each_rate_what_its_sum_owes(lines, rates, delivery, has_tax, rule):
    priced = price(lines, rates, delivery, terms=Terms(has_tax, Rule(rule)))

    for (_remote, rate), whole in priced.taxes.items():
        by_gross = has_tax and rule == "gross"
        assert whole.tax == (tax_inside(whole.gross, rate) if by_gross else tax_on(whole.net, rate))


@given(
    st.lists(items, max_size=8).flatmap(lambda lines: st.tuples(st.just(lines), st.permutations(lines))), rates, terms
)
def test_the_order_of_lines_changes_no_total(both, rates, terms):
    one, other = (price(lines, rates, 490, terms=terms) for lines in both)

    assert (one.net_total, one.tax_total, one.total) == (other.net_total, other.tax_total, other.total)
    assert one.taxes == other.taxes


@given(items, st.integers(0, 10_000))
def test_tax_is_never_further_than_half_a_unit_from_the_exact_one(item, rate_bp):
    row = price([item], {item.tax_class: rate_bp}).rows[0]

    exact_times_base = row.gross * rate_bp
    assert abs(row.tax * (10_000 + rate_bp) - exact_times_base) * 2 <= 10_000 + rate_bp


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), min_size=1).filter(any))
def test_the_parts_of_an_amount_are_the_amount_and_nearly_in_proportion(amount, weights):
    parts = split(amount, weights)

    assert sum(parts) == amount
    pairs = zip(parts, weights, strict=True)
    assert all(abs(part * sum(weights) - amount * weight) < sum(weights) for part, weight in pairs)


@pytest.mark.parametrize(
    ("currency", "text", "tax"), [("EUR", "121.00", "21.00"), ("JPY", "121", "21"), ("KWD", "1.210", "0.210")]
)
@pytest.mark.parametrize("rule", Rule)
def test_currencies_with_any_number_of_decimals_are_taxed_in_their_own_units(currency, text, tax, rule):
    gross = Money.parse(text, currency).minor

    priced = price([Item(gross, 1, "standard")], RATES, terms=Terms(rule=rule))

    assert priced.tax_total == Money.parse(tax, currency).minor


# Seven things at 0.99 and 19 %: the tax in each is 0.16, in all of them together 1.11.
@pytest.mark.parametrize(("rule", "net", "tax", "total"), [
    ("line", 581, 112, 693), ("net", 581, 110, 691), ("gross", 582, 111, 693),
])  # fmt: skip
def test_the_three_rules_differ_by_cents(rule, net, tax, total):
    priced = price([Item(99, 1, "standard")] * 7, {"standard": 1900}, terms=Terms(rule=Rule(rule)))

    assert (priced.net_total, priced.tax_total, priced.total) == (net, tax, total)


def test_delivery_is_taxed_at_the_standard_rate():
    priced = price([Item(1000, 1, "zero")], RATES, delivery=121)

    assert (priced.delivery.tax, priced.delivery.rate_bp) == (21, 2100)
    assert priced.rows[0].tax == 0


def test_delivery_may_follow_the_goods_by_their_sums():
    lines = [Item(3000, 1, "standard"), Item(1000, 1, "reduced"), Item(9000, 1, "standard", is_remote=True)]

    priced = price(lines, RATES, delivery=400, terms=Terms(delivery_follows_goods=True))

    assert [(row.rate_bp, row.gross) for row in priced.delivery_parts] == [(2100, 300), (1000, 100)]
    assert (priced.delivery.gross, priced.delivery.tax, priced.delivery.rate_bp) == (400, 52 + 9, 2100)


def test_what_goes_over_the_wire_is_taxed_where_its_buyer_lives():
    lines = [Item(1210, 1, "standard"), Item(1250, 1, "standard", is_remote=True)]

    priced = price(lines, RATES, remote_rates={"standard": 2500})

    assert [row.rate_bp for row in priced.rows] == [2100, 2500]
    assert set(priced.taxes) == {(False, 2100), (True, 2500)}


def test_tax_is_added_to_prices_that_do_not_contain_it():
    priced = price([Item(1000, 3, "standard", discount=500)], RATES, delivery=100, terms=Terms(has_tax=False))

    assert (priced.goods_total, priced.net_total, priced.tax_total, priced.total) == (3000, 2600, 546, 3146)


def test_a_destination_without_rates_pays_no_tax():
    assert price([Item(1000, 2, "standard")], {}, delivery=500).tax_total == 0


@pytest.mark.parametrize(
    "item", [Item(-1, 1, "standard"), Item(1, 0, "standard"), Item(1, -3, "standard"), Item(1, 1, "standard", 2)]
)
def test_a_negative_row_is_refused(item):
    with pytest.raises(ValueError):
        price([item], RATES)
