"""Another way for a placed order: to a shop and from it, and to another delivery zone."""

import pytest

from catalog.models import Location, StockLevel
from orders.actions import payments, shelf_check
from orders.actions.amendments import NotDelivered, Wish, amend
from orders.actions.supplements import ending, settling
from orders.details import AddressDetails
from orders.models import DeliveryZone, Order, Reservation
from tests.makers import make_delivery
from tests.orders.conftest import NOW, place

pytestmark = pytest.mark.django_db

MADRID = {"name": "Ada Byron", "line1": "Calle Nueva 2", "postcode": "28014", "city": "Madrid", "country": "ES"}
PALMA = MADRID | {"line1": "Carrer Nou 1", "postcode": "07001", "city": "Palma"}


@pytest.fixture
def ruzafa(blanket) -> Location:
    """A shop in which two of the blankets lie."""
    make_delivery("pickup", price=0, kind="pickup", handling_days=0, min_days=0, max_days=0, countries=["ES"])
    place = Location.objects.create(
        name="Ruzafa", public_name="Shop in Ruzafa", address="Carrer de Cadis 00", hours="Mon-Sat 10-20",
        kind="shop", priority=5, offers_pickup=True, weekdays="012345",
    )  # fmt: skip
    StockLevel.objects.create(variant=blanket, location=place, on_hand=2)
    return place


def held_at(order: Order) -> dict[str, int]:
    rows = Reservation.objects.filter(line__order=order, status="held")
    return {row.level.location.name if row.level.location else "": row.quantity for row in rows}


def test_to_a_shop_and_back_the_stock_moves_and_the_difference_is_settled(blanket, ruzafa):
    order = place((blanket, 2))
    payments.mark_paid(order, now=NOW)
    before = held_at(order)

    change = amend(order, Wish(delivery=f"pickup.{ruzafa.pk}"), "she comes", now=NOW)
    assert (change.returned, order.pickup_place, order.is_pickup) == (490, ruzafa, True)
    assert held_at(order) == {"Ruzafa": 2}
    assert [address.kind for address in order.addresses.all()] == ["billing"]

    wish = Wish(address=AddressDetails(**MADRID), delivery="standard")
    change = amend(order, wish, "she does not", now=NOW)
    assert (change.due, order.is_pickup, held_at(order)) == (490, False, before)
    assert order.addresses.get(kind="delivery").postcode == "28014"
    # Nobody pays: she comes for it after all.
    ending.take_back(order.supplements.get(), "", now=NOW)
    order.refresh_from_db()
    assert (order.pickup_place, held_at(order)) == (ruzafa, {"Ruzafa": 2})
    amend(order, wish, "", now=NOW)
    assert settling.mark_paid(order.supplements.last(), now=NOW)
    # The two blankets were put there without an entry in the ledger.
    assert {drift["what"] for drift in shelf_check.check(NOW).drifts} == {"ledger"}


def test_who_pays_at_the_door_cannot_come_to_the_shop(blanket, ruzafa):
    order = place((blanket, 1), payment="on_delivery")

    with pytest.raises(NotDelivered):
        amend(order, Wish(delivery=f"pickup.{ruzafa.pk}"), "", now=NOW)


def test_another_address_is_asked_for_its_zone(blanket):
    order = place((blanket, 1))
    islands = DeliveryZone.objects.create(name="Islands", countries=["ES"], postcodes="07")
    spain = DeliveryZone.objects.create(name="Spain", countries=["ES"])
    method = order.delivery_method
    dearer = method.prices.create(zone=islands, currency="EUR", price=1290)
    method.prices.create(zone=spain, currency="EUR", price=490)

    amend(order, Wish(address=AddressDetails(**MADRID)), "", now=NOW)
    assert order.delivery_gross == 490
    amend(order, Wish(address=AddressDetails(**PALMA)), "", now=NOW)
    assert (order.delivery_gross, order.payments.get().amount) == (1290, 4900 + 1290)
    amend(order, Wish(address=AddressDetails(**MADRID)), "", now=NOW)
    assert order.total == 5390
    dearer.delete()
    with pytest.raises(NotDelivered):
        amend(order, Wish(address=AddressDetails(**PALMA)), "", now=NOW)
