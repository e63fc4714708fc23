"""What promotions take off, for every basket there is."""

from dataclasses import replace
from datetime import UTC, datetime
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.promotions import MOST_MS, made
from orders.models import Promotion
from orders.pricing import Item, price
from orders.promotions import Amounts, Basket, Good, Goods, Reason, Rule, Standing, reckon
from orders.promotions.codes import key_of, random_code
from orders.promotions.spread import percent_of, spread

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TARGETS = frozenset(Promotion.Target.values)
# The first basket takes long to make on a busy machine, and says nothing of the engine.
patient = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
# With 2, 0 and 3 decimals.
CURRENCIES = ("EUR", "JPY", "KWD")

numbers = st.integers(1, 6)
goods = st.builds(
    Good,
    key=st.just(0),
    unit_price=st.integers(0, 50_000),
    quantity=numbers,
    variant=st.integers(1, 8),
    product=st.integers(1, 5),
    category=st.integers(1, 3),
    is_reduced=st.booleans(),
)
few = st.frozensets(st.integers(1, 5), max_size=2)
amounts = st.builds(Amounts, st.none() | st.integers(0, 20_000), st.none() | st.integers(0, 30_000), st.none())
rules = st.builds(
    Rule,
    pk=st.just(0),
    benefit=st.sampled_from(Promotion.Benefit.values),
    is_active=st.booleans() | st.just(True),
    percent=st.integers(1, 100),
    amounts=st.dictionaries(st.sampled_from(CURRENCIES), amounts),
    buy_quantity=numbers,
    get_quantity=numbers,
    most_times=st.none() | numbers,
    goods=st.builds(Goods, products=few, categories=few),
    rewards=few,
    gift=st.none() | st.integers(1, 8),
    leaves_out_reduced=st.booleans(),
    min_quantity=st.none() | numbers,
    countries=st.sampled_from([frozenset(), frozenset({"ES"}), frozenset({"PT"})]),
    combines=st.frozensets(st.sampled_from(sorted(TARGETS))) | st.just(TARGETS),
    lane=st.integers(1, 3),
    priority=st.integers(0, 1),
)
baskets = st.builds(
    lambda lines, **more: Basket(goods=tuple(replace(line, key=key) for key, line in enumerate(lines)), **more),
    st.lists(goods, min_size=1, max_size=7),
    currency=st.sampled_from(CURRENCIES),
    at=st.just(MONDAY),
    country=st.just("ES"),
    delivery=st.none() | st.integers(0, 2000),
)
several = st.lists(rules, max_size=8).map(lambda found: [replace(one, pk=pk) for pk, one in enumerate(found, 1)])


@patient
@given(baskets, several)
def test_parts_are_the_whole_and_nothing_costs_less_than_nothing(basket, rules):
    outcome = reckon(basket, rules)

    full = {good.key: good.gross for good in basket.goods}
    assert all(0 < off <= full[key] for key, off in outcome.off.items())
    assert 0 <= outcome.off_delivery <= (basket.delivery or 0)
    assert all(part > 0 for one in outcome.applied for part in one.parts.values())
    for key in full:
        assert outcome.off.get(key, 0) == sum(one.parts.get(key, 0) for one in outcome.applied)
    assert outcome.amount == sum(one.amount for one in outcome.applied)
    items = [Item(good.unit_price, good.quantity, "standard", outcome.off.get(good.key, 0)) for good in basket.goods]
    priced = price(items, {"standard": 2100}, basket.delivery, outcome.off_delivery)
    assert priced.total == sum(full.values()) + (basket.delivery or 0) - outcome.amount
    assert priced.net_total + priced.tax_total == priced.total


@patient
@given(baskets, several, st.randoms(use_true_random=False))
def test_the_order_of_lines_and_rules_decides_nothing(basket, rules, chance):
    shuffled, mixed = list(rules), list(basket.goods)
    chance.shuffle(shuffled)
    chance.shuffle(mixed)

    assert reckon(replace(basket, goods=tuple(mixed)), shuffled) == reckon(basket, rules)


@patient
@given(baskets, several)
def test_each_promotion_is_told_of_once_and_none_applies_outside_its_conditions(basket, rules):
    outcome = reckon(basket, rules)

    told = [one.rule.pk for one in (*outcome.applied, *outcome.refused)]
    assert sorted(told) == [rule.pk for rule in rules]
    for one in outcome.applied:
        rule = one.rule
        here = rule.in_currency(basket.currency)
        assert rule.is_active and (not rule.countries or basket.country in rule.countries)
        assert rule.benefit not in Promotion.NEED_AMOUNT or here.amount is not None
        assert one.delivery == 0 or rule.target == "shipping"
        if rule.target == "product" and rule.benefit not in ("gift", "buy_get"):
            products = {good.key: (good.product, good.category) for good in basket.goods}
            meant = rule.goods.products, rule.goods.categories
            assert not any(meant) or all(
                products[key][0] in meant[0] or products[key][1] in meant[1] for key in one.parts
            )
    for one in outcome.applied:
        assert all(one.rule.goes_with(other.rule) for other in outcome.applied if other is not one)


@patient
@given(baskets, several)
def test_a_promotion_that_is_refused_changes_nothing(basket, rules):
    outcome = reckon(basket, rules)

    applied = [one.rule for one in outcome.applied]
    assert reckon(basket, applied).off == outcome.off


@patient
@given(baskets, several, st.integers(0, 30_000))
def test_no_more_is_given_away_than_is_left_of_a_budget(basket, rules, left):
    outcome = reckon(basket, rules, Standing(left={rule.pk: left for rule in rules}))

    assert all(one.amount <= left for one in outcome.applied)


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), max_size=9))
def test_what_is_shared_out_is_all_of_it_and_no_part_is_too_large(amount, weights):
    amount = min(amount, sum(weights))

    parts = spread(amount, weights)

    assert sum(parts) == amount
    assert all(0 <= part <= weight for part, weight in zip(parts, weights, strict=True))


def basket_of(*pieces: tuple[int, int], **more) -> Basket:
    """Lines of (price, quantity), each of a product of its own."""
    lines = tuple(Good(key, each, number, variant=key, product=key) for key, (each, number) in enumerate(pieces, 1))
    return Basket(goods=lines, **{"currency": "EUR", "at": MONDAY, "country": "ES", "delivery": 490, **more})


def rule_of(benefit: str, pk: int = 1, amount: int | None = None, **more) -> Rule:
    more.setdefault("combines", TARGETS)
    return Rule(pk=pk, benefit=benefit, amounts={"EUR": Amounts(amount, more.pop("min_value", None))}, **more)


@pytest.mark.parametrize(
    ("rule", "basket", "off"),
    [
        (rule_of("percent", percent=15), basket_of((999, 1), (1000, 2)), {1: 150, 2: 300}),
        (rule_of("amount", amount=300), basket_of((1000, 2), (200, 1)), {1: 600, 2: 200}),
        (rule_of("price", amount=500), basket_of((1000, 2), (400, 1)), {1: 1000}),
        (rule_of("buy_get", buy_quantity=2, get_quantity=1), basket_of((1000, 2), (400, 2)), {2: 400}),
        (rule_of("buy_get", buy_quantity=1, get_quantity=1, percent=50), basket_of((999, 2)), {1: 500}),
        (rule_of("buy_get", buy_quantity=2, get_quantity=1, most_times=1), basket_of((600, 9)), {1: 600}),
        (
            rule_of("buy_get", buy_quantity=1, get_quantity=1, rewards=frozenset({2}), goods=Goods(frozenset({1}))),
            basket_of((5000, 1), (700, 3)),
            {2: 700},
        ),
        (rule_of("cheapest", min_quantity=3), basket_of((900, 2), (300, 1)), {2: 300}),
        (rule_of("bundle", amount=2000, buy_quantity=3), basket_of((900, 4), (800, 2)), {1: 831, 2: 369}),
        (rule_of("gift", gift=2), basket_of((900, 1), (300, 2)), {2: 300}),
        (rule_of("order_percent", percent=10), basket_of((333, 1), (333, 1), (334, 1)), {1: 33, 2: 33, 3: 34}),
        (rule_of("order_amount", amount=1000), basket_of((300, 1), (400, 1)), {1: 300, 2: 400}),
        (rule_of("percent", percent=10, leaves_out_reduced=True), basket_of((1000, 1)), {1: 100}),
    ],
    ids=lambda value: value.benefit if isinstance(value, Rule) else "",
)
def test_each_benefit_takes_off_what_it_says(rule, basket, off):
    assert reckon(basket, [rule]).off == off


@pytest.mark.parametrize(
    ("rule", "off"),
    [
        (rule_of("free_delivery"), 490),
        (rule_of("delivery_percent", percent=50), 245),
        (rule_of("delivery_amount", amount=200), 200),
        (rule_of("delivery_price", amount=100), 390),
        (rule_of("free_delivery", methods=frozenset({7})), 0),
    ],
)
def test_delivery_becomes_cheaper(rule, off):
    assert reckon(basket_of((1000, 1)), [rule]).off_delivery == off


@pytest.mark.parametrize(
    ("more", "reason", "missing"),
    [
        ({"is_active": False}, Reason.DRAFT, 0),
        ({"starts_at": datetime(2026, 3, 3, tzinfo=UTC)}, Reason.NOT_YET, 0),
        ({"ends_at": MONDAY}, Reason.OVER, 0),
        ({"weekdays": "56"}, Reason.WEEKDAY, 0),
        ({"needs_code": True}, Reason.NEEDS_CODE, 0),
        ({"groups": frozenset({"trade"})}, Reason.GROUP, 0),
        ({"segment": "vip"}, Reason.SEGMENT, 0),
        ({"nth_order": 2}, Reason.NTH_ORDER, 0),
        ({"countries": frozenset({"PT"})}, Reason.COUNTRY, 0),
        ({"goods": Goods(products=frozenset({9}))}, Reason.NO_GOODS, 0),
        ({"min_quantity": 3}, Reason.TOO_FEW, 2),
        ({"min_value": 1500}, Reason.TOO_LITTLE, 500),
    ],
)
def test_a_condition_that_is_not_met_is_named(more, reason, missing):
    (refused,) = reckon(basket_of((1000, 1)), [rule_of("percent", percent=10, **more)]).refused

    assert (refused.reason, refused.missing) == (reason, missing)


def test_an_amount_is_not_converted():
    (refused,) = reckon(basket_of((1000, 1), currency="USD"), [rule_of("order_amount", amount=500)]).refused

    assert refused.reason == Reason.CURRENCY


def test_what_does_not_go_together_leaves_the_better_one_to_the_buyer():
    alone = frozenset({"shipping"})
    small, large = (rule_of("order_percent", pk, percent=percent, combines=alone) for pk, percent in ((1, 5), (2, 20)))

    outcome = reckon(basket_of((1000, 1)), [small, large])

    assert [one.rule for one in outcome.applied] == [large]
    assert [(one.rule, one.reason, one.by) for one in outcome.refused] == [(small, Reason.NOT_TOGETHER, large)]


def test_a_higher_priority_comes_before_the_larger_amount():
    low, high = rule_of("percent", 1, percent=50), rule_of("percent", 2, percent=10, priority=5)

    outcome = reckon(basket_of((1000, 1)), [low, high])

    assert outcome.off == {1: 100}
    assert [(one.reason, one.by) for one in outcome.refused] == [(Reason.BEATEN, high)]


def test_lanes_follow_one_after_another_and_within_one_a_line_is_reduced_once():
    first, rival, second = (rule_of("percent", pk, percent=10, lane=lane) for pk, lane in ((1, 1), (2, 1), (3, 2)))

    outcome = reckon(basket_of((1000, 1)), [first, rival, second])

    assert outcome.off == {1: 190}
    assert [one.rule.pk for one in outcome.applied] == [1, 3]


def test_one_more_thing_in_the_cart_never_makes_three_for_two_smaller():
    rule = rule_of("buy_get", buy_quantity=2, get_quantity=1)

    assert reckon(basket_of((1000, 3)), [rule]).amount == reckon(basket_of((1000, 3), (100, 1)), [rule]).amount == 1000


def test_drafts_take_part_only_where_they_are_asked_for():
    draft = rule_of("percent", percent=10, is_active=False)

    assert reckon(basket_of((1000, 1)), [draft], drafts=True).amount == 100


@pytest.mark.parametrize("typed", ["Spring-20", " spring 20 ", "SPRING20", "ｓｐｒｉｎｇ２０"])
def test_a_code_is_read_in_whatever_way_it_is_typed(typed):
    assert key_of(typed) == "SPRING20"


@pytest.mark.parametrize("typed", ["", "---", "x" * 41, "\0"])
def test_what_cannot_be_a_code_is_none(typed):
    assert key_of(typed) == ""


def test_drawn_codes_are_easy_to_read_and_hard_to_guess():
    drawn = [random_code("MAY") for _ in range(50)]

    assert len(set(drawn)) == 50
    assert all(code.startswith("MAY-") and len(key_of(code)) == 11 for code in drawn)


def test_half_a_unit_of_a_percentage_is_rounded_up():
    assert [percent_of(5, 10), percent_of(999, 15), percent_of(4, 10), percent_of(7, 100)] == [1, 150, 0, 7]


def test_two_hundred_promotions_and_a_hundred_lines_take_no_time_worth_speaking_of():
    basket, rules = made(share=None)
    began = process_time()

    outcome = reckon(basket, rules)

    assert (len(outcome.applied) + len(outcome.refused), len(basket.goods)) == (200, 100)
    # Five times of what is allowed: this guards against another order of magnitude, bench/ measures.
    assert process_time() - began < 5 * MOST_MS / 1000
