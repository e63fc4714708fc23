"""What a clerk does with an order in the back office."""

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.urls import reverse

from catalog.admin.money import MoneyField
from customers.models import Mail
from orders.actions.payments import mark_paid
from orders.models import Order, OrderEvent, Refund, Shipment
from tests.customers.office import clerk_with
from tests.makers import make_customer
from tests.orders.card import on_shelf, paid_by_card
from tests.orders.conftest import NOW, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client):
    clerk = clerk_with("view_order", "change_order")
    client.force_login(clerk)
    return clerk


def step(order: Order, name: str) -> str:
    return reverse(f"admin:orders_order_{name}", args=[order.pk])


def page(client, order: Order) -> str:
    response = client.get(reverse("admin:orders_order_change", args=[order.pk]))
    assert response.status_code == 200
    return response.content.decode()


def said(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def paid(blanket, pieces: int = 2) -> Order:
    order = place((blanket, pieces))
    mark_paid(order)
    return order


def test_the_page_tells_who_what_how_much_and_the_next_step(client, clerk, blanket):
    text = page(client, place((blanket, 2)))

    assert all(word in text for word in ("Ada Byron", "Wool blanket", "€102.90", "Mark as paid…", "28013"))
    assert "Mark as sent" not in text


def test_money_is_marked_as_received_after_a_question_that_says_the_sum(client, clerk, blanket):
    order = place(blanket)

    assert "Has €53.90 from Ada Byron arrived?" in client.get(step(order, "pay")).content.decode()
    order.refresh_from_db()
    assert order.payment_status == "unpaid"
    assert "€53.90 received" in said(client.post(step(order, "pay")))
    order.refresh_from_db()
    assert order.payment_status == "paid"
    assert "marked as paid before" in said(client.post(step(order, "pay")))
    assert order.events.filter(type="paid").count() == 1


def parcel_form(order: Order, seen: int = 0, **fields) -> dict:
    """Everything that is left goes into the parcel."""
    return {**{f"pieces-{line.pk}": line.left for line in order.lines.all()}, "seen": seen, **fields}


def test_a_parcel_is_sent_once_however_often_the_button_is_pressed(client, clerk, blanket):
    order = paid(blanket)
    parcel = parcel_form(order, carrier="Rayo", tracking_number="R 7")

    assert "on its way" in said(client.post(step(order, "ship"), parcel))
    assert "nothing to send" in said(client.post(step(order, "ship"), parcel))
    shipment = Shipment.objects.get()
    assert (shipment.carrier, shipment.tracking_number, shipment.actor) == ("Rayo", "R 7", clerk)
    assert on_shelf(blanket) == (8, 0)
    assert "R 7" in page(client, order)


def test_an_unpaid_order_is_not_sent(client, clerk, blanket):
    order = place(blanket)

    assert "money is not here" in said(client.post(step(order, "ship"), parcel_form(order)))
    assert not Shipment.objects.exists()


def refund_form(amount: str, seen: int = 0, **fields) -> dict:
    return {"goodwill": amount, "reason": "One was torn", "seen": seen, "confirmed": "1", **fields}


def test_part_of_the_money_goes_back_once_though_the_form_is_sent_twice(client, clerk, blanket):
    order = paid(blanket)
    question = client.get(step(order, "refund")).content.decode()
    assert "Refund up to €102.90 to Ada Byron?" in question

    assert "€49.00 refunded" in said(client.post(step(order, "refund"), refund_form("49,00")))
    assert "Nothing more was refunded" in said(client.post(step(order, "refund"), refund_form("49,00")))
    refund = Refund.objects.get()
    assert (refund.amount, refund.status, refund.actor) == (4900, "succeeded", clerk)
    assert Mail.objects.filter(key=f"order-refunded:{refund.pk}").exists()


@pytest.mark.parametrize(
    ("amount", "complaint"),
    [
        ("102.91", "At most €102.90"),
        ("0", "Say what goes back"),
        ("ten", "Write an amount"),
        ("1.234", "Write an amount"),
    ],
)
def test_an_amount_that_cannot_go_back_is_refused_in_words(client, clerk, blanket, amount, complaint):
    order = paid(blanket)
    response = client.post(step(order, "refund"), refund_form(amount))

    assert response.status_code == 422
    assert complaint in response.content.decode()
    assert not Refund.objects.exists()


def test_a_refund_while_stripe_is_away_waits_and_says_so(client, clerk, stripe, blanket):
    order, _payment = paid_by_card(stripe, blanket, now=NOW)
    stripe.fail_next("/v1/refunds", "drop", times=3)

    assert "Stripe does not answer" in said(client.post(step(order, "refund"), refund_form("53.90")))
    assert Refund.objects.get().status == "requested"


def test_cancelling_says_what_goes_back_and_puts_it_back(client, clerk, blanket):
    order = paid(blanket)
    question = client.get(step(order, "cancel")).content.decode()

    assert "2 pieces go back on sale. €102.90 goes back to Ada Byron." in question
    assert "is cancelled" in said(client.post(step(order, "cancel"), {"reason": "Changed her mind"}))
    assert "cancelled before" in said(client.post(step(order, "cancel"), {"reason": "Again"}))
    order.refresh_from_db()
    assert (order.status, order.payment_status) == ("cancelled", "refunded")
    assert on_shelf(blanket) == (10, 0)


def test_a_parcel_on_its_way_is_not_called_off(client, clerk, blanket):
    order = paid(blanket)
    client.post(step(order, "ship"), parcel_form(order))

    assert "on its way" in said(client.post(step(order, "cancel"), {"reason": "Too late"}))
    assert "Cancel and restock" not in page(client, order)


def test_a_remark_settles_an_incident(client, clerk, blanket):
    order = paid(blanket)
    OrderEvent.objects.create(order=order, type="incident", text="Stripe took 5")
    troubles = reverse("admin:orders_order_changelist") + "?view=trouble"
    assert order.number in client.get(troubles).content.decode()

    client.post(step(order, "remark"), {"text": "Rang Ada, she knows."})
    client.post(step(order, "remark"), {"text": "Rang Ada, she knows."})
    assert order.events.filter(type="remark", actor=clerk).count() == 1
    assert order.number not in client.get(troubles).content.decode()
    assert "Rang Ada, she knows." in page(client, order)


@pytest.mark.parametrize("name", ["pay", "ship", "refund", "alter", "cancel", "remark"])
def test_who_may_only_read_changes_nothing(client, blanket, name):
    order = paid(blanket)
    client.force_login(clerk_with("view_order"))

    assert client.post(step(order, name), {"reason": "x", "text": "x", "amount": "1", "seen": 0}).status_code == 403
    assert step(order, name) not in page(client, order)
    assert order.events.exclude(type__in=["created", "placed", "paid"]).count() == 0


@pytest.mark.parametrize("name", ["pay", "refund", "packing"])
def test_strangers_are_asked_to_sign_in(client, blanket, name):
    order = paid(blanket)
    address = reverse("admin:orders_order_packing") if name == "packing" else step(order, name)
    client.force_login(make_customer())

    assert client.get(address).status_code == 302
    assert client.post(address).status_code == 302


def test_no_order_is_added_typed_over_or_deleted(client, clerk, blanket):
    order = paid(blanket)
    client.force_login(make_customer(is_staff=True, is_superuser=True))

    assert client.get(reverse("admin:orders_order_add")).status_code in (302, 403)
    assert client.get(reverse("admin:orders_order_delete", args=[order.pk])).status_code == 403
    assert client.post(reverse("admin:orders_order_change", args=[order.pk]), {"total": 1}).status_code == 403


def test_money_is_typed_in_major_units_with_a_point_or_a_comma():
    field = MoneyField()

    assert [field.clean(text) for text in ("39.40", "39,40", " 39 ", "0")] == [3940, 3940, 3900, 0]
    for text in ("-1", "1.005", "NaN", "1e9999", "1,000.00"):
        with pytest.raises(ValidationError):
            field.clean(text)


def test_lines_are_changed_after_a_question_that_says_the_difference(client, clerk, blanket):
    order = place((blanket, 3))
    line = order.lines.get()
    asked = {f"pieces-{line.pk}": 1, "reason": "Out of wool", "seen": 0, "to-name": "Ada Byron"}
    asked |= {"to-line1": "Calle Mayor 1", "to-city": "Madrid", "to-postcode": "28013"}

    assert f'name="pieces-{line.pk}" value="3"' in client.get(step(order, "alter")).content.decode()
    question = client.post(step(order, "alter"), asked).content.decode()
    assert "€53.90 is to be paid instead of €151.90." in question
    assert "Wool blanket: 1 instead of 3" in question
    assert order.lines.get().quantity == 3

    assert "Changed. Ada Byron gets a letter." in said(client.post(step(order, "alter"), {**asked, "confirmed": 1}))
    assert "since you opened the page" in client.post(step(order, "alter"), {**asked, "confirmed": 1}).content.decode()
    order.refresh_from_db()
    assert (order.lines.get().quantity, order.total, order.changes.get().actor) == (1, 5390, clerk)
    assert "Out of wool" in page(client, order)


def test_a_refund_asks_with_the_sum_of_its_parts(client, clerk, blanket):
    order = paid(blanket)
    line = order.lines.get()
    parts = {f"pieces-{line.pk}": 1, f"where-{line.pk}": "back", "delivery": "4,90", "reason": "torn", "seen": 0}

    question = client.post(step(order, "refund"), parts).content.decode()
    assert "Refund €53.90 to Ada Byron?" in question
    assert "1 × Wool blanket: €49.00. 1 piece is on sale again." in question
    assert not Refund.objects.exists()

    assert "€53.90 refunded" in said(client.post(step(order, "refund"), {**parts, "confirmed": 1}))
    assert on_shelf(blanket) == (10, 1)
