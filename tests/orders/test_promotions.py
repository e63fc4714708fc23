"""Promotions in carts and orders: shown as charged, counted once, given back once."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from catalog.actions import category_removal, pricing
from customers.models import CustomerGroup
from orders.actions import carts, promotions
from orders.actions.cancelling import cancel
from orders.actions.checkout import TotalChanged, place_order
from orders.actions.payments.request import session_params
from orders.actions.withdrawing import withdraw
from orders.models import CartLine, Order, Promotion, PromotionCode, PromotionTally, PromotionUse
from orders.promotions import Reason, segments
from orders.queries.summary import summarise
from tests.makers import (
    make_cart,
    make_category,
    make_customer,
    make_details,
    make_price_list,
    make_product,
    make_promotion,
    make_variant,
)
from tests.orders.conftest import NOW, place

PERCENT, GIVE = Promotion.Benefit.ORDER_PERCENT, Promotion.Benefit.FREE_DELIVERY


def with_code(code: str, *wanted, **fields):
    cart = make_cart(*wanted, **fields)
    promotions.enter(cart, code, NOW)
    return cart


def reasons(cart, **more):
    return [one.reason for one in summarise(cart, "ES", "standard", NOW, **more).outcome.refused]


def test_what_is_shown_is_what_the_order_says_and_what_stripe_is_asked_for(blanket, guide):
    make_promotion(benefit="buy_get", buy_quantity=2, get_quantity=1, products=[blanket.product], combines_order=True)
    make_promotion("Welcome 10", name="Welcome", benefit=PERCENT, percent=15)
    cart = with_code("welcome10", (blanket, 3), guide)

    summary = summarise(cart, "ES", "standard", NOW)
    order = place_order(cart, make_details(payment="card"), summary.total, NOW)

    # 3 × 49.00 + 9.00, one blanket for nothing, and 15 % of the 107.00 that are left.
    assert (order.goods_total, order.discount_total, order.total) == (15600, 4900 + 1605, 9585)
    assert [(line.discount, line.gross) for line in order.lines.all()] == [(6370, 8330), (135, 765)]
    assert sum(line.discount for line in order.lines.all()) == order.discount_total
    assert [(use.name, use.code, use.amount) for use in order.promotions.order_by("pk")][1] == (
        "Welcome",
        "Welcome 10",
        1605,
    )
    payment = order.payments.get()
    payment.expires_at = NOW + timedelta(minutes=30)
    asked = session_params(payment, "https://x.example/a", "https://x.example/b")["line_items"]
    assert sum(item["price_data"]["unit_amount"] * item["quantity"] for item in asked) == order.total


def test_delivery_is_given_and_its_tax_with_it(blanket):
    make_promotion(benefit=GIVE, min_value=5000)

    order = place((blanket, 2))

    assert (order.delivery_gross, order.delivery_tax, order.delivery_discount, order.total) == (0, 0, 490, 9800)
    assert reasons(make_cart(blanket)) == [Reason.TOO_LITTLE]


def test_an_order_that_a_promotion_makes_free_is_placed_and_paid(guide):
    make_promotion("all", benefit=PERCENT, percent=100)

    order = place(cart=with_code("ALL", guide))

    assert (order.total, order.status, order.payment_status) == (0, "placed", "paid")


def test_flash_sales_begin_and_end_by_themselves(blanket):
    make_promotion(starts_at=NOW, ends_at=NOW + timedelta(hours=1))
    cart = make_cart(blanket)

    moments = [NOW - timedelta(seconds=1), NOW, NOW + timedelta(minutes=59), NOW + timedelta(hours=1)]

    assert [summarise(cart, "ES", "standard", now).outcome.amount for now in moments] == [0, 490, 490, 0]


def test_conditions_know_the_tree_the_group_and_the_number_of_orders(blanket):
    wool = make_category("Wool")
    below = make_variant(make_product(category=make_category("Throws", parent=wool)), price=2000)
    make_promotion(categories=[wool])
    trade = CustomerGroup.objects.create(code="trade", name="Trade")
    make_promotion(groups=[trade], benefit=PERCENT, combines_product=False)
    make_promotion(nth_order=1, benefit=GIVE)

    summary = summarise(make_cart(below, blanket), "ES", "standard", NOW)
    assert {line.sku: line.discount for line in summary.lines} == {below.sku: 200, blanket.sku: 0}
    assert summary.outcome.off_delivery == 490
    member = make_customer(group=trade)
    assert summarise(make_cart(blanket, customer=member), "ES", "standard", NOW).outcome.off == {
        member.carts.get().lines.get().pk: 490
    }
    place(blanket)
    assert summarise(make_cart(blanket), "ES", "standard", NOW, email="Ada@example.com").outcome.off_delivery == 0


def test_a_segment_is_asked_of_whoever_joined_the_socket(blanket, monkeypatch):
    monkeypatch.setattr(segments, "_asked", [])
    make_promotion(segment="loyal")

    assert reasons(make_cart(blanket)) == [Reason.SEGMENT]
    segments.join(lambda buyer: frozenset({"loyal"} if buyer.email == "ada@example.com" else ()))
    assert reasons(make_cart(blanket, email="ada@example.com")) == []


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        ({"limit_total": 1}, Reason.USED_UP),
        ({"limit_per_customer": 1}, Reason.USED_BY_BUYER),
        ({"limit_per_day": 1}, Reason.USED_TODAY),
        ({"budget": 800}, Reason.BUDGET),
    ],
)
def test_limits_hold_and_a_cancelled_order_gives_back_once(blanket, limits, reason):
    make_promotion(benefit=PERCENT, **limits)
    first = place(blanket)
    cart = make_cart(blanket, email="ada@example.com")

    assert first.discount_total == 490
    assert reasons(cart) == [reason]
    cancel(first, "changed her mind", now=NOW)
    cancel(first, "changed her mind", now=NOW)
    assert reasons(cart) == []
    assert {tally.used for tally in PromotionTally.objects.all()} == {0}


def test_another_buyer_and_another_day_have_limits_of_their_own(blanket):
    make_promotion(benefit=PERCENT, limit_per_customer=1, limit_per_day=5)
    place(blanket)

    assert place(blanket, email="grace@example.com").discount_total == 490


def test_a_first_order_there_is_once_whatever_address_the_account_types(blanket):
    make_promotion(benefit=PERCENT, nth_order=1)
    customer = make_customer("ada@example.com")
    place(blanket)

    assert summarise(make_cart(blanket, customer=customer), "ES", "standard", NOW).outcome.amount == 0


def test_who_comes_too_late_is_told_the_new_sum_and_nothing_is_ordered(blanket):
    make_promotion("once", benefit=PERCENT, limit_total=1)
    carts = [with_code("once", blanket) for _ in range(2)]
    shown = [summarise(cart, "ES", "standard", NOW).total for cart in carts]
    place_order(carts[0], make_details(), shown[0], NOW)

    with pytest.raises(TotalChanged) as refusal:
        place_order(carts[1], make_details(email="grace@example.com"), shown[1], NOW)

    assert (shown[1], refusal.value.total) == (4900, 5390)
    assert (Order.objects.count(), PromotionUse.objects.count()) == (1, 1)


def test_the_own_order_that_waits_for_its_card_does_not_use_the_code_up(blanket):
    make_promotion("once", benefit=PERCENT, limit_total=1)
    cart = with_code("once", blanket)
    order = place(cart=cart, payment="card")

    assert summarise(cart, "ES", "standard", NOW).outcome.amount == 490
    assert reasons(with_code_unchecked("ONCE", blanket)) == [Reason.USED_UP]
    withdraw(order, "no card", NOW)
    assert PromotionTally.objects.get().used == 0


def with_code_unchecked(key: str, *wanted):
    cart = make_cart(*wanted)
    cart.codes = [key]
    cart.save()
    return cart


def test_a_limit_that_comes_later_counts_what_was_used_before(blanket):
    promotion = make_promotion(benefit=PERCENT)
    place(blanket)
    promotion.limit_total = promotion.limit_per_customer = 1
    promotion.save()

    promotions.changed(promotion)

    assert reasons(make_cart(blanket)) == [Reason.USED_UP]


def test_codes_of_a_batch_are_used_once_each(blanket):
    promotion = make_promotion(needs_code=True, benefit=PERCENT)
    first, second = promotions.make_batch(promotion, 2, "may")
    place(cart=with_code(first.code, blanket))

    with pytest.raises(promotions.NotTaken):
        promotions.enter(make_cart(blanket), first.code, NOW)
    assert place(cart=with_code(second.code, blanket), email="g@example.com").discount_total == 490


@pytest.mark.parametrize(
    "fields",
    [{"is_active": False}, {"starts_at": NOW + timedelta(days=1)}, {"ends_at": NOW}, None],
)
def test_wrong_early_and_late_codes_are_refused_alike(blanket, fields):
    if fields is not None:
        make_promotion("secret", **fields)

    with pytest.raises(promotions.NotTaken):
        promotions.enter(make_cart(blanket), "secret", NOW)


def test_a_promotion_without_an_amount_in_dollars_does_not_apply_in_dollars(blanket):
    make_promotion(benefit="order_amount", amount=500)
    make_promotion(benefit="order_amount", amount=300, abroad={"USD": {"amount": 400}})
    make_price_list({blanket: 5600}, currency="USD")
    pricing.refresh([blanket.pk], NOW - timedelta(days=1), pricing.Cause("list"))

    euros, dollars = (summarise(make_cart(blanket, currency=code), now=NOW).outcome for code in ("EUR", "USD"))

    assert (euros.amount, dollars.amount) == (500, 400)
    assert [one.reason for one in dollars.refused] == [Reason.CURRENCY]


def test_a_copy_is_a_draft_with_the_same_conditions(blanket):
    promotion = make_promotion("once", products=[blanket.product], abroad={"USD": {"amount": 400}})

    copy = promotions.duplicate(promotion)

    assert (copy.is_active, copy.name, list(copy.products.all())) == (False, promotion.name, [blanket.product])
    assert (copy.amounts.count(), copy.codes.count()) == (1, 0)


def test_the_database_keeps_the_sums_of_an_order(blanket):
    make_promotion()
    order = place(blanket)

    for fault in ({"discount_total": 0}, {"discount_total": -1}, {"delivery_discount": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Order.objects.filter(pk=order.pk).update(**fault)
    with pytest.raises(IntegrityError), transaction.atomic():
        order.lines.update(discount=0)


def test_a_use_says_what_it_took_off_which_line(blanket):
    make_promotion()
    order = place(blanket)

    use = order.promotions.get()

    assert json.loads(json.dumps(use.parts)) == [[order.lines.get().pk, 490]]
    assert (use.email, use.day, use.goods_amount) == ("ada@example.com", NOW.date(), 490)


def test_codes_come_along_at_sign_in(blanket):
    make_promotion("mine")
    make_promotion("yours")
    customer = make_customer()
    with_code("mine", blanket, customer=customer)

    own = carts.merge(with_code("yours", blanket), customer)

    assert own.codes == ["MINE", "YOURS"]


def test_codes_are_unique_however_they_are_written(blanket):
    promotion = make_promotion("May-10")

    with pytest.raises(ValueError):
        promotions.make_code(promotion, "may 10")
    assert PromotionCode.objects.count() == 1


def test_a_cart_with_promotions_costs_at_most_three_queries_more(blanket, django_assert_max_num_queries):
    make_promotion("ten", limit_total=5, limit_per_customer=1)
    make_promotion(benefit=GIVE, min_value=5000)
    cart = with_code("ten", blanket)
    summarise(cart, "ES", "standard", NOW, state="same")

    with django_assert_max_num_queries(10):
        assert summarise(cart, "ES", "standard", NOW, state="same").outcome.applied


def test_a_promotion_follows_the_goods_of_a_category_that_is_given_up(blanket):
    wool, linen = make_category("Wool"), make_category("Linen")
    throw = make_variant(make_product(category=wool), price=2000)
    follows = make_promotion(categories=[wool])

    category_removal.remove(wool.pk, into=linen.pk)
    assert list(follows.categories.all()) == [linen]
    assert summarise(make_cart(throw, blanket), "ES", "standard", NOW).outcome.off.keys() == {
        CartLine.objects.get(variant=throw).pk
    }

    alone = make_promotion(categories=[make_category("Empty")])
    category_removal.remove(alone.categories.get().pk, into=None)
    alone.refresh_from_db()
    assert not alone.is_active
