"""Buying on account: offered to whom staff allows it, up to a limit, sent before it is paid, reminded of kindly."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from customers.models import CustomerGroup, Mail
from orders.actions import amendments, invoicing, on_account, payments, shipping
from orders.actions.cancelling import cancel
from orders.actions.checkout import PaymentNotOffered, place_order
from orders.models import AccountTerms, Order
from orders.queries.office import VIEWS, waiting
from orders.queries.on_account import covers, owed
from tests.makers import make_cart, make_counter, make_customer, make_details, make_product, make_variant
from tests.orders.conftest import NOW, total_of
from tests.orders.test_payment_races import at_once
from tests.shop.forms import fields_of


@pytest.fixture
def cafe(counter):
    """A customer who may owe 120 euros for 30 days."""
    customer = make_customer("cafe@example.com")
    AccountTerms.objects.create(customer=customer, currency="EUR", days=30, limit=12000)
    return customer


def buy(customer, *wanted, **fields) -> Order:
    fields = {"payment": "on_account", **fields}
    cart = customer and customer.carts.filter(status="open").first()
    cart = cart or make_cart(*wanted, customer=customer)
    return place_order(cart, make_details(**fields), total_of(cart, **fields), NOW)


def test_who_may_owe_orders_now_gets_it_now_and_pays_by_a_day(cafe, blanket):
    order = buy(cafe, blanket)

    assert (order.status, order.payment_status, order.due_on) == ("placed", "unpaid", date(2026, 4, 1))
    assert "1 April" in Mail.objects.get(key=f"order-confirmation:{order.pk}").text
    assert VIEWS["pack"](Order.objects, localdate(NOW)).get() == order
    assert not VIEWS["money"](Order.objects, localdate(NOW)).exists()
    shipping.ship(order, now=NOW)
    invoice = order.invoices.get()
    assert (invoice.payment["state"], invoice.payment["due"]) == ("open", "2026-04-01")
    assert invoicing.issue(order, NOW) == invoice
    assert payments.mark_paid(order, now=NOW + timedelta(days=20))


def test_the_limit_counts_what_is_open_and_a_paid_or_cancelled_order_frees_it(cafe, blanket):
    first, second = buy(cafe, blanket), buy(cafe, blanket)
    assert owed(cafe, "EUR") == 10780

    with pytest.raises(PaymentNotOffered):
        buy(cafe, blanket)

    payments.mark_paid(first, now=NOW)
    assert buy(cafe, blanket).due_on
    cancel(second, "too many", now=NOW)
    assert owed(cafe, "EUR") == 5390


def test_nobody_else_is_offered_it(cafe, blanket):
    stranger = make_customer()
    CustomerGroup.objects.create(code="trade", name="Trade")
    member = make_customer(group_id="trade")
    AccountTerms.objects.create(group_id="trade", currency="EUR", days=14, limit=50000)
    AccountTerms.objects.create(customer=cafe, currency="USD", days=30, limit=0)

    assert [covers(who, "EUR", 5000) for who in (cafe, member, stranger, None)] == [True, True, False, False]
    assert not covers(cafe, "USD", 1)
    for who in (stranger, None):
        with pytest.raises(PaymentNotOffered):
            buy(who, blanket)
    assert buy(member, blanket).due_on == date(2026, 3, 16)


def test_a_friendly_letter_before_and_one_after_the_day(cafe, blanket):
    order = buy(cafe, blanket)
    shipping.ship(order, now=NOW)
    keys = Mail.objects.filter(key__startswith="order-due:").order_by("pk")

    for day in (5, 27, 28, 30, 32, 35, 36):
        on_account.remind(NOW + timedelta(days=day))

    assert [mail.key.rpartition(":")[2] for mail in keys] == ["before", "after"]
    assert "is due on" in keys[0].text and "slipped your mind" in keys[1].text
    assert waiting(order.due_on).overdue == 0
    assert waiting(order.due_on + timedelta(days=1)).overdue == 1
    payments.mark_paid(order, now=NOW + timedelta(days=40))
    assert waiting(order.due_on + timedelta(days=1)).overdue == 0


def test_the_checkout_offers_it_to_them_alone(client, cafe, blanket):
    client.force_login(cafe)
    make_cart(blanket, customer=cafe)

    assert 'value="on_account"' in client.get("/checkout/").content.decode()
    AccountTerms.objects.update(limit=100)
    assert 'value="on_account"' not in client.get("/checkout/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_checkouts_at_once_do_not_owe_more_than_the_limit():
    make_counter()
    blanket = make_variant(make_product("Wool blanket"), stock=10, price=4900)
    customer = make_customer()
    AccountTerms.objects.create(customer=customer, currency="EUR", days=30, limit=6000)
    # One of his own, the others entered by staff: a customer has one open cart of his own.
    carts = [make_cart(blanket, customer=customer, channel=channel) for channel in ("web", "phone", "phone")]
    details = make_details(payment="on_account")
    total = total_of(carts[0], payment="on_account")

    outcomes = at_once(*[lambda cart=cart: place_order(cart, details, total, NOW) for cart in carts])

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Order", "PaymentNotOffered", "PaymentNotOffered"]
    assert owed(customer, "EUR") == 5390


def test_a_change_lifts_an_order_above_the_limit_only_if_somebody_says_so(cafe, blanket):
    order = buy(cafe, blanket)
    line = order.lines.get()

    with pytest.raises(amendments.AboveLimit) as refusal:
        amendments.amend(order, amendments.Wish({line.pk: 3}), "", now=NOW)

    assert (refusal.value.limit, refusal.value.owes) == (12000, owed(cafe, "EUR") + 2 * line.unit_price)
    amendments.amend(order, amendments.Wish({line.pk: 3}, above_limit=True), "known for years", now=NOW)
    assert owed(cafe, "EUR") == order.total > 12000
    # Who owes too much already may still owe less.
    amendments.amend(order, amendments.Wish({line.pk: 1}), "", now=NOW)
    assert owed(cafe, "EUR") == 5390


def test_the_clerk_is_told_the_sums_and_may_say_so_on_the_page(cafe, blanket, admin_client):
    order = buy(cafe, blanket)
    address = f"/admin/orders/order/{order.pk}/alter/"
    form = fields_of(admin_client.get(address), "") | {
        f"pieces-{order.lines.get().pk}": "3",
        "reason": "a good one",
    }

    refused = admin_client.post(address, form)
    asked = admin_client.post(address, form | {"above_limit": "on"})

    assert refused.status_code == 422 and "€120.00 was agreed" in refused.content.decode()
    assert asked.status_code == 200 and "is to be paid instead of" in asked.content.decode()
