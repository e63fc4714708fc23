"""Several parcels: each takes its own pieces, says what is in it, and nothing is sent twice."""

import pytest
from django.db.models import Sum

from catalog.actions import bundles, stock
from catalog.models import Location, Product, StockLevel
from customers.models import Mail
from orders.actions import payments, shelf_check
from orders.actions.cancelling import AlreadyShipped, cancel
from orders.actions.shipping import NothingChosen, SentMeanwhile, TooManyPieces, ship
from orders.models import Order, Reservation
from orders.queries.held import ready_to_pack
from orders.queries.office import waiting
from tests.makers import make_product, make_variant
from tests.orders.card import history, on_shelf
from tests.orders.conftest import NOW, place

pytestmark = pytest.mark.django_db


def paid(*wanted) -> Order:
    order = place(*wanted)
    payments.mark_paid(order, now=NOW)
    order.refresh_from_db()
    return order


def send(order: Order, *pieces: int, **fields):
    lines = order.lines.order_by("pk").values_list("pk", flat=True)
    return ship(order, now=NOW, pieces=dict(zip(lines, pieces, strict=False)), **fields)


def test_two_parcels_each_with_its_own_pieces_and_letter(counter, blanket):
    cap = make_variant(make_product("Cap"), price=700, stock=3)
    order = paid((blanket, 3), cap)

    first = send(order, 2, 0, tracking_number="A 1")

    order.refresh_from_db()
    letter = Mail.objects.get(key=f"order-shipped:{first.pk}")
    assert (order.fulfilment_status, order.fulfilled_at) == ("partly", None)
    assert (on_shelf(blanket), on_shelf(cap)) == ((8, 1), (3, 1))
    assert letter.subject == f"A part of your order {order.number} is on its way"
    inside, follows = letter.text.split("The rest follows in another parcel:")
    assert ("2 × Wool blanket" in inside, "Cap" in inside) == (True, False)
    assert ("1 × Wool blanket" in follows, "1 × Cap" in follows) == (True, True)

    second = ship(order, "Rayo", "B 2", now=NOW, tracking_url="https://rayo.example/B2")

    order.refresh_from_db()
    assert (order.fulfilment_status, order.fulfilled_at) == ("fulfilled", NOW)
    assert (on_shelf(blanket), on_shelf(cap)) == ((7, 0), (2, 0))
    assert list(second.lines.values_list("quantity", flat=True)) == [1, 1]
    assert second.tracking_url == "https://rayo.example/B2"
    assert "follows" not in Mail.objects.get(key=f"order-shipped:{second.pk}").text
    assert history(order)[-2:] == ["shipped", "shipped"]
    assert not shelf_check.check(NOW).drifts


@pytest.mark.parametrize(
    ("pieces", "refusal"), [((4,), TooManyPieces), ((-1,), TooManyPieces), ((0,), NothingChosen), ((), NothingChosen)]
)
def test_a_parcel_of_more_than_is_left_or_of_nothing_changes_nothing(counter, blanket, pieces, refusal):
    order = paid((blanket, 3))

    with pytest.raises(refusal):
        send(order, *pieces)

    assert (on_shelf(blanket), order.shipments.count(), order.lines.get().sent) == ((10, 3), 0, 0)


def test_a_form_sent_twice_sends_one_parcel(counter, blanket):
    order = paid((blanket, 3))
    send(order, 1, seen=0)

    with pytest.raises(SentMeanwhile):
        send(order, 1, seen=0)

    assert on_shelf(blanket) == (9, 2)


def test_the_parcel_that_is_proposed_is_what_is_there(counter, blanket):
    cap = make_variant(make_product("Cap"), price=700, stock=1)
    stock.set_terms(cap.levels.get().pk, safety=0, back_order=5, comes_on=None)
    order = paid((blanket, 2), (cap, 3))
    first, second = order.lines.order_by("pk")

    assert ready_to_pack(order, NOW.date()) == {first.pk: 2, second.pk: 1}
    ship(order, now=NOW, pieces=ready_to_pack(order, NOW.date()))
    assert ready_to_pack(order, NOW.date()) == {second.pk: 0}


def test_of_a_bundle_the_components_of_so_many_sets_leave(counter):
    soap, towel = make_variant(stock=20), make_variant(stock=20)
    bundle = make_variant(make_product("Set", kind=Product.Kind.BUNDLE), price=2000, tracks_stock=False)
    bundles.set_components(bundle, {soap.pk: 2, towel.pk: 1})
    order = paid((bundle, 3))

    send(order, 1)
    assert (on_shelf(soap), on_shelf(towel)) == ((18, 4), (19, 2))
    ship(order, now=NOW)
    assert (on_shelf(soap), on_shelf(towel)) == ((14, 0), (17, 0))


def test_pieces_from_two_places_leave_one_after_the_other(counter, blanket):
    stock.adjust(blanket, by=5, location=Location.objects.create(name="Shop", priority=9))
    order = paid((blanket, 12))

    send(order, 11)

    sums = dict(Reservation.objects.order_by().values_list("status").annotate(number=Sum("quantity")))
    assert sums == {"held": 1, "shipped": 11}
    assert StockLevel.objects.aggregate(on_hand=Sum("on_hand"), held=Sum("reserved")) == {"on_hand": 4, "held": 1}
    assert not shelf_check.check(NOW).drifts


def test_a_partly_sent_order_waits_on_the_desk_and_is_not_called_off_whole(counter, blanket):
    order = paid((blanket, 2))
    send(order, 1)
    counts = waiting(order.promised_on)

    with pytest.raises(AlreadyShipped):
        cancel(order, "Too late", now=NOW)

    assert (counts.pack, counts.partly, counts.late) == (1, 1, 0)
