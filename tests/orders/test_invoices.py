"""An invoice says once what was agreed, credit notes take it back, and together they always come out even."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from customers.models import ShopDetails
from orders.actions import invoicing, payments
from orders.actions.cancelling import cancel
from orders.actions.invoicing import rows
from orders.actions.refund_parts import Back, Parts
from orders.actions.refunds import refund
from orders.actions.shipping import ship
from orders.models import Invoice, InvoiceLine, InvoiceTax, NeverChanged, Order, OrderLine
from orders.pricing import Item, Terms, price
from orders.rounding import Rule
from tests.makers import make_cart, make_counter, make_customer, make_product, make_variant
from tests.orders.card import paid_by_card
from tests.orders.conftest import NOW, place
from tests.orders.test_payment_races import at_once


def papers(order) -> list[tuple[str, int]]:
    return [(paper.number, paper.gross) for paper in order.invoices.order_by("pk")]


def sums(of) -> tuple[int, int, int]:
    return tuple(sum(getattr(row, what) for row in of) for what in ("net", "tax", "gross"))


@pytest.mark.django_db
def test_a_paid_order_is_invoiced_in_the_same_breath(stripe, blanket):
    order, _payment = paid_by_card(stripe, blanket)

    invoice = order.invoices.get()
    assert (invoice.number, invoice.gross, invoice.order_number) == ("INV-2026-00001", order.total, order.number)
    assert sums(invoice.lines.all()) == sums(invoice.taxes.all()) == (invoice.net, invoice.tax, invoice.gross)
    assert [line.name for line in invoice.lines.all()] == ["Wool blanket", "Standard"]
    assert invoice.buyer["name"] == "Ada Byron" and invoice.payment["state"] == "paid"


@pytest.mark.django_db
def test_who_pays_at_the_door_is_invoiced_when_the_parcel_leaves(blanket):
    order = place(blanket, payment="on_delivery")
    assert papers(order) == []

    ship(order, now=NOW)
    payments.mark_paid(order, now=NOW)

    assert papers(order) == [("INV-2026-00001", order.total)]
    assert order.invoices.get().payment["state"] == "door"


@pytest.mark.django_db
def test_staff_may_invoice_a_transfer_before_its_money_is_here(blanket):
    order = place(blanket)

    first, second = invoicing.issue(order, NOW), invoicing.issue(order, NOW)
    payments.mark_paid(order, now=NOW)

    assert first == second and papers(order) == [("INV-2026-00001", order.total)]
    assert first.payment["state"] == "open" and "Instructions" in first.payment["instructions"]


@pytest.mark.django_db
def test_what_an_invoice_says_outlives_every_change(stripe, blanket):
    order, _payment = paid_by_card(stripe, blanket)
    before = Invoice.objects.values().get()
    OrderLine.objects.update(product_name="Something else")
    ShopDetails(name="Another shop").save()
    Order.objects.update(language="ru", email="eve@example.com")
    invoice = order.invoices.get()

    assert Invoice.objects.values().get() == before
    for change in (invoice.save, invoice.delete, invoice.lines.all().delete, lambda: invoice.taxes.update(tax=0)):
        with pytest.raises(NeverChanged):
            change()
    for table in ("orders_invoice", "orders_invoiceline", "orders_invoicetax"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET gross = gross")


@pytest.mark.django_db
def test_money_that_goes_back_in_parts_is_credited_in_parts_that_come_to_the_whole(stripe, blanket):
    order, payment = paid_by_card(stripe, blanket)

    for amount in (1, 1799, order.total - 1800):
        refund(payment, amount, "a stain", now=NOW)

    invoice, *notes = order.invoices.order_by("pk")
    assert [(note.number, note.corrects) for note in notes] == [(f"CN-2026-0000{n}", invoice) for n in (1, 2, 3)]
    assert [note.gross for note in notes] == [1, 1799, order.total - 1800]
    assert sums(notes) == sums([invoice])
    assert not invoicing.keep(NOW)


@pytest.mark.django_db
def test_calling_off_takes_all_of_it_back_at_once(stripe, blanket):
    order, payment = paid_by_card(stripe, blanket)
    refund(payment, 1000, "a stain", now=NOW)

    cancel(order, "changed her mind", now=NOW)

    assert papers(order) == [
        ("INV-2026-00001", order.total), ("CN-2026-00001", 1000), ("CN-2026-00002", order.total - 1000),
    ]  # fmt: skip
    assert order.invoices.first().payment == {}


@pytest.mark.django_db
def test_a_credit_note_names_what_came_back(stripe, blanket):
    order, payment = paid_by_card(stripe, (blanket, 3))
    line = order.lines.get()

    refund(payment, Parts(lines=(Back(line.pk, 2),), delivery=490), "too many", now=NOW)
    refund(payment, Parts(goodwill=5), "sorry", now=NOW)

    first, second = Invoice.objects.filter(kind="credit_note").order_by("pk")
    assert [(row.name, row.quantity, row.gross) for row in first.lines.all()] == [
        ("Wool blanket", 2, 9800), ("Standard", 1, 490),
    ]  # fmt: skip
    assert first.refund.reason == "too many" and second.gross == 5


@pytest.mark.django_db
def test_an_order_that_was_never_invoiced_is_not_credited(blanket):
    order = place(blanket)

    cancel(order, "not paid", now=NOW)

    assert papers(order) == []


@pytest.mark.django_db
def test_the_clock_writes_what_is_missing_once(stripe, blanket, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr("orders.actions.invoicing.issuing.draft", lambda _order, _now: 1 / 0)
        order, payment = paid_by_card(stripe, blanket)
        broken.setattr("orders.actions.invoicing.crediting.standing_of", lambda _order: 1 / 0)
        refund(payment, 900, "a stain", now=NOW)
    assert order.payment_status == "paid" and papers(order) == []

    assert (invoicing.keep(NOW), invoicing.keep(NOW)) == (2, 0)
    assert papers(order) == [("INV-2026-00001", order.total), ("CN-2026-00001", 900)]
    assert invoicing.keep(NOW + timedelta(days=90)) == 0


@pytest.mark.django_db
def test_the_reason_of_an_exemption_is_for_staff_and_stays_with_them(blanket):
    embassy = make_customer(tax_exempt_reason="An embassy")
    order = place(cart=make_cart(blanket, customer=embassy))

    invoice = invoicing.issue(order, NOW)

    assert invoice.tax == 0 and invoice.remarks == ["No tax is charged: the customer is exempt."]
    assert "embassy" not in str(Invoice.objects.values().get())


RATES = {"standard": 2100, "reduced": 1000, "none": 0}
items = st.builds(
    Item,
    unit_price=st.integers(0, 99_999_999),
    quantity=st.integers(1, 9),
    tax_class=st.sampled_from(sorted(RATES)),
)


@given(
    st.lists(items, min_size=1, max_size=6),
    st.integers(0, 9_999),
    st.builds(Terms, has_tax=st.booleans(), rule=st.sampled_from(Rule), delivery_follows_goods=st.booleans()),
    st.lists(st.integers(1, 10**9), max_size=5),
)
def test_parts_always_come_to_the_whole(goods, delivery, terms, wishes):
    """In every currency: amounts are whole minor units, so yen, euros and dinars differ in nothing."""
    priced = price(goods, RATES, delivery, terms=terms)
    order = Order(
        delivery_name="Post", delivery_net=priced.delivery.net, delivery_tax=priced.delivery.tax,
        delivery_gross=priced.delivery.gross, delivery_tax_rate_bp=priced.delivery.rate_bp,
        prices_include_tax=terms.has_tax, net_total=priced.net_total, tax_total=priced.tax_total,
    )  # fmt: skip
    lines = [InvoiceLine(rate_bp=row.rate_bp, net=row.net, tax=row.tax, gross=row.gross) for row in priced.rows]
    taxes = [
        InvoiceTax(country="ES", rate_bp=rate, net=row.net, tax=row.tax, gross=row.gross)
        for (_remote, rate), row in priced.taxes.items()
    ]
    sent = rows.delivery(order, lines, taxes)
    assert sums([*lines, *sent]) == sums(taxes) == (priced.net_total, priced.tax_total, priced.total)
    assert all(min(row.net, row.tax) >= 0 for row in sent)

    credited = []
    while left := rows.sum_of(rows.open_sums(taxes, credited), "gross"):
        amount = min(left, wishes.pop()) if wishes else left
        part = rows.share(amount, rows.open_sums(taxes, credited))
        assert rows.sum_of(part, "gross") == amount
        credited += part
    assert all(sums([row]) == (0, 0, 0) for row in rows.open_sums(taxes, credited))


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_write_one_invoice_and_no_number_is_lost():
    make_counter()
    blanket = make_variant(make_product("Wool blanket"))
    orders = [place(blanket) for _ in range(3)]

    outcomes = at_once(*[lambda order=order: invoicing.issue(order, NOW) for order in orders for _ in range(4)])

    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    numbers = sorted(Invoice.objects.values_list("number", flat=True))
    assert numbers == [f"INV-2026-0000{n}" for n in (1, 2, 3)]
