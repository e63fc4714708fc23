"""Gift cards and store credit: money that the shop owes, spent once, given back once, never below zero."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum

from customers.models import Mail, ShopDetails
from orders.actions import cancelling, credit, payments, refunds
from orders.actions.checkout import CreditChanged, place_order
from orders.actions.refund_parts import Back
from orders.actions.withdrawing import withdraw
from orders.models import CreditAccount, CreditEntry, Order, Payment
from orders.queries.summary import summarise
from tests.makers import (
    make_cart,
    make_customer,
    make_details,
    make_gift_card,
    make_product,
    make_promotion,
    make_variant,
)
from tests.orders.card import begin, paid_by_card
from tests.orders.conftest import NOW, place, total_of


def pay_with(card, *wanted, cart=None, **fields) -> Order:
    cart = cart or make_cart(*wanted)
    credit.enter(cart, credit.code_of(card), NOW)
    return place(cart=cart, **fields)


def balance(card) -> int:
    card.refresh_from_db()
    assert card.balance == card.entries.aggregate(sum=Sum("amount"))["sum"]
    return card.balance


def test_a_card_that_covers_all_pays_at_once_and_keeps_the_rest(blanket):
    card = make_gift_card(10000)

    order = pay_with(card, blanket, payment="")

    assert (order.status, order.payment_status, order.to_pay) == ("placed", "paid", 0)
    assert [(pay.method, pay.captured) for pay in order.payments.all()] == [("gift_card", 5390)]
    assert balance(card) == 10000 - 5390
    # A way to pay, no discount: tax is what it would have been.
    assert (order.total, order.discount_total, order.tax_total) == (5390, 0, 935)


def test_stripe_is_asked_only_for_what_the_card_leaves(stripe, blanket):
    card = make_gift_card(2000)
    order = pay_with(card, blanket, payment="card")
    begin(order)
    payment = order.payments.get(method="card")

    session = stripe.sessions[payment.session_id]
    stripe.pay(payment.session_id)
    payments.check(payment, NOW)

    assert session["amount_total"] == 3390
    order.refresh_from_db()
    assert (order.payment_status, order.credit_total, balance(card)) == ("paid", 2000, 0)


def test_a_card_leaves_nothing_or_enough_for_a_card_payment(stripe, blanket):
    first, second = make_gift_card(5370), make_gift_card(10)
    cart = make_cart(blanket)
    for card in (first, second):
        credit.enter(cart, credit.code_of(card), NOW)

    order = place(cart=cart, payment="card")

    # Ten cents would be left, and Stripe takes no less than fifty.
    assert (order.to_pay, balance(first), balance(second)) == (50, 30, 10)
    assert begin(order)


def test_what_a_card_holds_for_an_unpaid_order_comes_back_once(stripe, blanket):
    card = make_gift_card(2000)
    order = pay_with(card, blanket, payment="card")
    held = balance(card)

    assert [withdraw(order, "not paid", NOW), withdraw(order, "not paid", NOW)] == [True, False]
    assert (held, balance(card)) == (0, 2000)


def test_ordering_anew_finds_what_the_unfinished_order_holds(stripe, blanket):
    card = make_gift_card(2000)
    cart = make_cart(blanket)
    first = pay_with(card, cart=cart, payment="card")

    second = place_order(cart, make_details(payment="bank_transfer"), total_of(cart), NOW, shown_rest=3390)

    first.refresh_from_db()
    assert (first.status, second.status, second.to_pay, balance(card)) == ("cancelled", "placed", 3390, 0)


def test_cancelling_gives_card_and_gift_card_back_the_way_they_came(stripe, blanket):
    card = make_gift_card(2000)
    order = pay_with(card, blanket, payment="card")
    begin(order)
    payment = order.payments.get(method="card")
    stripe.pay(payment.session_id)
    payments.check(payment, NOW)

    cancelling.cancel(order, "changed her mind", now=NOW)

    assert (order.payment_status, balance(card)) == ("refunded", 2000)
    assert [refund["amount"] for refund in stripe.refunds.values()] == [3390]


def test_a_transfer_that_never_came_gives_the_card_back(blanket):
    card = make_gift_card(2000)
    order = pay_with(card, blanket)

    cancelling.cancel(order, "never paid", now=NOW)

    assert (order.status, order.payment_status, balance(card)) == ("cancelled", "unpaid", 2000)


def test_an_order_is_refused_when_the_card_pays_less_than_was_shown(blanket):
    card = make_gift_card(2000)
    cart = make_cart(blanket)
    credit.enter(cart, credit.code_of(card), NOW)
    credit.take(card.pk, 1500, CreditEntry.Kind.CORRECTED, NOW)

    with pytest.raises(CreditChanged) as refusal:
        place_order(cart, make_details(), total_of(cart), NOW, shown_rest=3390)

    assert refusal.value.rest == 4890
    assert (Order.objects.count(), balance(card)) == (0, 500)


def test_a_refund_becomes_store_credit_and_a_guest_gets_a_card_by_mail(stripe, blanket):
    customer = make_customer("ada@example.com")
    mine, payment = paid_by_card(stripe, blanket)
    Order.objects.filter(pk=mine.pk).update(customer=customer)
    guests, guests_payment = paid_by_card(stripe, blanket)

    for one in (payment, guests_payment):
        one.refresh_from_db()
        assert refunds.refund(one, 1000, "kind", now=NOW, to_credit=True).status == "succeeded"
    sent = credit.send_due(NOW)

    assert not stripe.refunds
    assert CreditAccount.objects.get(kind="store_credit", customer=customer).balance == 1000
    card = CreditAccount.objects.get(kind="gift_card")
    assert (sent, card.balance, card.email) == (1, 1000, "ada@example.com")
    assert credit.code_of(card) in Mail.objects.get(key=f"gift-card:{card.pk}").text


def test_store_credit_is_of_nobody_else(blanket):
    owner, thief = make_customer(), make_customer()
    account = credit.credit_customer(owner, 1000, "EUR", NOW)
    cart = make_cart(blanket, customer=thief)
    cart.credit = [account.pk]
    cart.save()

    assert summarise(cart, now=NOW).means == ()


def test_cards_that_are_over_blocked_empty_or_of_other_money_look_like_unknown_ones(blanket):
    cart = make_cart(blanket)
    cards = [
        make_gift_card(1000, expires_on=NOW.date() - timedelta(days=1)),
        make_gift_card(1000, is_blocked=True),
        make_gift_card(1000, currency="USD"),
    ]

    for code in [*map(credit.code_of, cards), "0000-0000-0000-0000", "", "SPRING"]:
        with pytest.raises(credit.UnknownCode):
            credit.enter(cart, code, NOW)


def test_a_code_is_read_as_people_write_it_and_stored_by_nobody():
    from uuid import UUID

    from orders.actions.credit.codes import code_for, hash_of

    code = code_for(UUID(int=7))

    assert hash_of(code) == hash_of(code.lower().replace("-", " ")) == hash_of(code.replace("0", "o"))
    assert code not in hash_of(code) and len(hash_of(code)) == 64


def test_no_balance_falls_below_zero_whoever_writes_it(db):
    card = make_gift_card(1000)

    with pytest.raises(credit.NotCovered):
        credit.take(card.pk, 1001, CreditEntry.Kind.CORRECTED, NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        CreditAccount.objects.filter(pk=card.pk).update(balance=-1)

    assert balance(card) == 1000


@pytest.fixture
def voucher(counter):
    product = make_product("Gift card", kind="gift_card")
    from catalog.actions.variants import make_gift_cards

    variant = make_variant(product, price=5000, tracks_stock=False)
    make_gift_cards(product)
    return variant


def asked(voucher, **told) -> dict:
    roles = {one.role: str(one.pk) for one in voucher.product.personalisations.all()}
    return {roles[role]: value for role, value in told.items()}


def test_a_sold_card_is_untaxed_untouched_by_promotions_and_mailed_on_its_day(voucher):
    from orders.actions import carts

    make_promotion(percent=50)
    cart = make_cart()
    carts.add(cart, voucher, 2, answers=asked(voucher, receiver="bob@example.com", send_on="2026-12-24"))
    order = place(cart=cart, delivery="")
    unpaid = CreditAccount.objects.count()
    payments.mark_paid(order, now=NOW)
    payments.mark_paid(order, now=NOW)

    cards = list(CreditAccount.objects.order_by("pk"))

    assert (order.total, order.tax_total, unpaid) == (10000, 0, 0)
    assert [(card.balance, card.email, card.send_on) for card in cards] == [
        (5000, "bob@example.com", date(2026, 12, 24))
    ] * 2
    assert [credit.send_due(NOW), credit.send_due(NOW.replace(month=12, day=24)), credit.send_due(NOW)] == [0, 2, 0]


def test_no_card_buys_another_card(voucher):
    card = make_gift_card(9000)
    cart = make_cart(voucher)
    credit.enter(cart, credit.code_of(card), NOW)

    assert summarise(cart, now=NOW).to_pay() == 5000


def test_the_cards_of_a_cancelled_order_pay_nothing_and_spent_ones_are_put_before_a_person(voucher, blanket):
    order = place(make_cart(voucher).lines.get().variant, delivery="")
    payments.mark_paid(order, now=NOW)
    card = CreditAccount.objects.get()
    pay_with(card, blanket, payment="bank_transfer", email="bob@example.com")

    cancelling.cancel(order, "bounced", now=NOW)

    card.refresh_from_db()
    assert (card.is_blocked, card.balance) == (True, 0)
    assert order.events.filter(type="incident").count() == 1


def test_a_card_whose_money_went_back_pays_nothing_and_its_sister_does(voucher):
    ShopDetails.objects.update_or_create(pk=1, defaults={"gift_card_years": 30_000})
    order = place((voucher, 2), delivery="")
    payments.mark_paid(order, now=NOW)

    refunds.refund(order.payments.get(), refunds.Parts((Back(order.lines.get().pk, 1),)), "one too many", now=NOW)

    cards = CreditAccount.objects.order_by("pk").values_list("is_blocked", "balance", "expires_on__year")
    assert list(cards) == [(True, 0, 9999), (False, 5000, 9999)]
    assert Order.objects.get().payment_status == "partly_refunded"


def test_a_late_card_payment_does_not_bring_back_an_order_whose_gift_card_was_spent(stripe, blanket):
    card = make_gift_card(2000)
    order = pay_with(card, blanket, payment="card")
    begin(order)
    payment = order.payments.get(method="card")
    stripe.pay(payment.session_id)
    withdraw(order, "not paid", NOW)
    pay_with(card, blanket)

    payments.settle(payment, stripe.sessions[payment.session_id], NOW)

    order.refresh_from_db()
    assert (order.status, order.payment_status, balance(card)) == ("cancelled", "refunded", 0)
    assert Payment.objects.get(pk=payment.pk).refunded == 3390
