"""How often carriers kept the promised day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from orders.actions import arrivals
from orders.models import Order, Shipment
from orders.queries.kept_promises import kept_promises
from tests.makers import make_customer

pytestmark = pytest.mark.django_db
PROMISED = date(2026, 3, 6)


def send(arrived: date | None, carrier: str = "Rayo", left: int = 3) -> Shipment:
    order = Order.objects.create(
        email="ada@example.com", currency="EUR", goods_total=0, net_total=0, tax_total=0, total=0, promised_on=PROMISED
    )
    shipped_at = datetime(2026, 3, left, 12, tzinfo=UTC)
    return Shipment.objects.create(order=order, carrier=carrier, shipped_at=shipped_at, arrived_on=arrived)


def test_a_promise_is_kept_by_its_last_day_and_silence_counts_for_neither():
    for arrived in (PROMISED - timedelta(days=1), PROMISED, PROMISED + timedelta(days=1), None):
        send(arrived)
    send(None, left=9)
    send(None, carrier="Correo")

    correo, rayo = kept_promises(PROMISED, PROMISED)

    assert (rayo.kept, rayo.late, rayo.unknown, rayo.left_late, rayo.percent) == (2, 2, 1, 1, 50)
    assert (correo.told, correo.percent) == (0, None)
    assert (rayo.weeks[-1], set(rayo.weeks[:-1])) == (50, {None})


def test_a_day_of_arrival_is_written_once_and_never_before_the_parcel_left():
    early, known, late = send(None), send(PROMISED), send(None, left=9)

    done = arrivals.arrived([early.pk, known.pk, late.pk], date(2026, 3, 8))

    days = dict(Shipment.objects.values_list("pk", "arrived_on"))
    assert (done, days) == (1, {early.pk: date(2026, 3, 8), known.pk: PROMISED, late.pk: None})
    with pytest.raises(ValueError, match="2999"):
        arrivals.arrived([late.pk], date(2999, 1, 1))


def test_staff_say_what_arrived_and_read_the_report(client):
    parcel = send(None)
    client.force_login(make_customer(is_staff=True, is_superuser=True))
    shipments, report = reverse("admin:orders_shipment_changelist"), reverse("admin:orders_shipment_kept")
    typed = {"action": "arrived", "_selected_action": [parcel.pk]}
    assert "Day of arrival" in client.post(shipments, typed).content.decode()

    client.post(shipments, {**typed, "confirmed": "1", "day": "2026-03-05"})

    parcel.refresh_from_db()
    assert parcel.arrived_on == date(2026, 3, 5)
    assert "No parcel was promised" in client.get(report).content.decode()
    page = client.get(report, {"first": "2026-03-01", "last": "2026-03-08"}).content.decode()
    assert "Rayo · 100 % kept" in page
    assert client.get(report, {"first": "2026-03-08", "last": "2026-03-01"}).status_code == 422
