"""What money goes back for: pieces of lines, delivery, goodwill. Parts always equal the whole."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.models import Location, StockLevel
from catalog.money import tax_inside
from customers.models import Mail
from orders import shares
from orders.actions import payments
from orders.actions.cancelling import cancel
from orders.actions.refund_parts import Back, Parts, PartTooLarge, worth
from orders.actions.refunds import RefundTooLarge, refund
from orders.actions.shipping import ship
from orders.models import Order, OrderLine, Refund
from orders.queries.tax_report import tax_report
from orders.shares import Share
from tests.makers import make_product, make_promotion, make_variant
from tests.orders.card import on_shelf, paid_by_card
from tests.orders.conftest import NOW, place

pytestmark = pytest.mark.django_db


def paid(*wanted, **fields) -> Order:
    order = place(*wanted, **fields)
    payments.mark_paid(order, now=NOW)
    order.refresh_from_db()
    return order


def give_back(order: Order, parts: Parts, **fields) -> Refund:
    return refund(order.payments.get(), parts, "came back", now=NOW, **fields)


@given(
    net=st.integers(0, 10**9),
    tax=st.integers(0, 10**8),
    pieces=st.integers(1, 40),
    amounts=st.lists(st.integers(0, 10**8), max_size=4),
    turns=st.lists(st.integers(0, 7), max_size=12),
)
@settings(max_examples=120, deadline=None)
def test_whatever_is_taken_first_the_parts_are_the_whole(net, tax, pieces, amounts, turns):
    rest, left, taken = Share(net, tax), pieces, []
    for amount in amounts:
        taken.append(shares.of_amount(rest, min(amount, rest.gross)))
        rest = rest.minus(taken[-1])
    for turn in [*turns, pieces]:
        wanted = min(turn, left)
        taken.append(shares.of_pieces(rest, left, wanted))
        rest, left = rest.minus(taken[-1]), left - wanted

    assert (sum(part.net for part in taken), sum(part.tax for part in taken)) == (net, tax)
    assert rest == Share(0, 0)
    assert all(part.net >= 0 and part.tax >= 0 for part in taken)


@pytest.mark.parametrize(("currency", "price"), [("EUR", 3333), ("JPY", 1001), ("KWD", 10_007)])
def test_pieces_of_a_reduced_line_go_back_one_by_one_to_the_last_cent(settings, counter, currency, price):
    settings.SHOP_CURRENCY = currency
    make_promotion(benefit="order_amount", amount=1000)
    scarf, cap = make_variant(price=price, stock=9), make_variant(price=777, stock=9)
    order = paid((scarf, 7), (cap, 1))
    line = order.lines.get(variant=scarf)
    assert line.discount % 7

    parts = [worth(OrderLine.objects.get(pk=line.pk), 1)]
    for _piece in range(7):
        give_back(order, Parts((Back(line.pk, 1),)))
    everything = [(row.net, row.tax, row.gross) for row in line.refund_lines.order_by("pk")]

    line.refresh_from_db()
    assert parts[0].gross == line.gross // 7
    assert tuple(map(sum, zip(*everything, strict=True))) == (line.net, line.tax, line.gross)
    assert line.refundable == 0
    assert max(gross for *_, gross in everything) - min(gross for *_, gross in everything) <= 1


def test_a_refund_says_what_it_is_for(counter, blanket):
    order = paid((blanket, 2))
    line = order.lines.get()

    done = give_back(order, Parts((Back(line.pk, 1),), delivery=490, goodwill=100))

    order.refresh_from_db()
    letter = Mail.objects.get(key=f"order-refunded:{done.pk}").text
    assert (done.amount, done.goods, done.delivery_gross, done.goodwill) == (5490, 4900, 490, 100)
    assert (done.delivery_tax, order.delivery_refundable) == (tax_inside(490, 2100), 0)
    assert all(words in letter for words in ("1 × Wool blanket: €49.00", "Delivery: €4.90", "Out of goodwill: €1.00"))
    (row,) = tax_report(NOW.date(), NOW.date())
    assert row.back_net + row.back_tax == 5490


def test_the_tax_of_pieces_that_came_back_is_that_of_their_rate(counter, blanket):
    tea = make_variant(make_product("Tea", tax_class_id="reduced"), price=1100)
    order = paid(blanket, tea)

    give_back(order, Parts((Back(order.lines.get(variant=tea).pk, 1),)))

    back = {row.rate_bp: (row.back_net, row.back_tax) for row in tax_report(NOW.date(), NOW.date())}
    assert back == {2100: (0, 0), 1000: (1000, 100)}


@pytest.mark.parametrize(
    "parts",
    [
        lambda line: Parts((Back(line.pk, 3),)),
        lambda line: Parts((Back(line.pk, -1),)),
        lambda line: Parts((Back(line.pk, 1, 9801),)),
        lambda line: Parts((Back(line.pk + 1, 1),)),
        lambda line: Parts(delivery=491),
    ],
)
def test_more_than_was_bought_cannot_go_back(counter, blanket, parts):
    order = paid((blanket, 2))

    with pytest.raises(PartTooLarge):
        give_back(order, parts(order.lines.get()))

    assert not Refund.objects.exists()


def test_the_database_refuses_what_the_code_would_forget(counter, blanket):
    line = paid((blanket, 2)).lines.get()

    for wrong in ({"refunded": 3}, {"refunded_net": line.net + 1}, {"sent": 2, "cancelled": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            OrderLine.objects.filter(pk=line.pk).update(**wrong)


def test_after_goodwill_no_more_goes_back_than_is_left(counter, blanket):
    order = paid((blanket, 2))
    give_back(order, Parts(goodwill=1000))

    with pytest.raises(RefundTooLarge):
        give_back(order, Parts((Back(order.lines.get().pk, 2),), delivery=490))

    assert OrderLine.objects.get().refunded == 0


def test_pieces_come_back_to_the_shelf_that_was_chosen(counter, blanket):
    order = paid((blanket, 3))
    ship(order, now=NOW)
    shop, line = Location.objects.create(name="Shop"), order.lines.get()

    give_back(order, Parts((Back(line.pk, 1, restock=True),)))
    give_back(order, Parts((Back(line.pk, 1, restock=True, location_id=shop.pk),)))
    give_back(order, Parts((Back(line.pk, 1),)))

    order.refresh_from_db()
    there = dict(StockLevel.objects.values_list("location__name", "on_hand"))
    assert there == {"Warehouse": 8, "Shop": 1}
    assert order.fulfilment_status == "fulfilled"


def test_pieces_not_sent_yet_are_on_sale_and_nobody_packs_them(counter, blanket):
    order = paid((blanket, 3))

    give_back(order, Parts((Back(order.lines.get().pk, 2, restock=True),)))

    line = order.lines.get()
    assert (line.left, line.cancelled, on_shelf(blanket)) == (1, 2, (10, 1))
    ship(order, now=NOW)
    assert (on_shelf(blanket), order.fulfilment_status) == ((9, 0), "fulfilled")


def test_what_stripe_refuses_can_be_given_back_anew(stripe, counter, blanket):
    order, payment = paid_by_card(stripe, (blanket, 2))
    parts = Parts((Back(order.lines.get().pk, 2),), delivery=490)
    stripe.fail_next("/v1/refunds", 402)

    failed = refund(payment, parts, "came back", now=NOW)
    order.refresh_from_db()

    assert (failed.status, order.lines.get().refunded, order.delivery_refundable) == ("failed", 0, 490)
    assert refund(payment, parts, "came back", now=NOW).status == "succeeded"


def test_a_cancelled_order_gives_back_every_line_and_the_delivery(counter, blanket):
    cap = make_variant(make_product("Cap"), price=777)
    order = paid((blanket, 2), cap)
    give_back(order, Parts(goodwill=100))

    cancel(order, "Changed her mind", now=NOW)

    back = Refund.objects.last()
    assert (back.amount, back.goods, back.delivery_gross, back.goodwill) == (order.total - 100, 10_577, 390, 0)
    assert [row.quantity for row in back.lines.all()] == [2, 1]
