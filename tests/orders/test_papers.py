"""Papers reach whom they are for, say what is stored, and bear whatever somebody typed."""

import pytest
from django.db import connection

from catalog.actions.bundles import set_components
from customers.models import Mail, ShopDetails
from orders.actions import invoicing, payments
from orders.actions.refunds import refund
from orders.actions.shipping import ship
from orders.models import Invoice, Order, OrderAddress, OrderLine
from orders.papers import invoice as paper
from orders.papers import packing
from orders.papers.words import plain
from orders.queries.picking import picks, slips
from orders.tokens import token_for
from tests.makers import make_product, make_variant
from tests.orders.conftest import NOW, place
from tests.shop.test_hostile import STRINGS

pytestmark = pytest.mark.django_db


@pytest.fixture
def sold(blanket):
    """A blanket, sent, paid, and a part of its money gone back: an invoice and a credit note."""
    order = place((blanket, 2), language="es")
    payments.mark_paid(order, now=NOW)
    ship(order, now=NOW)
    refund(order.payments.get(), 1000, "a stain", now=NOW)
    return order


def test_a_guest_has_invoice_and_credit_note_by_the_link_of_the_order(client, sold):
    home = f"/orders/{token_for(sold)}/"
    page = client.get(home).content.decode()
    letters = {mail.key.split(":")[0]: mail.text for mail in Mail.objects.all()}

    first, second = client.get(f"{home}invoice.pdf"), client.get(f"{home}papers/CN-2026-00001.pdf")

    assert "invoice.pdf" in page and "papers/CN-2026-00001.pdf" in page
    assert first.content.startswith(b"%PDF") and second.content.startswith(b"%PDF") and first.content != second.content
    assert "no-store" in first["Cache-Control"] and "INV-2026-00001.pdf" in first["Content-Disposition"]
    assert "papers/INV-2026-00001.pdf" in letters["order-shipped"]
    assert "papers/CN-2026-00001.pdf" in letters["order-refunded"]


def test_papers_of_others_are_not_found(client, sold, blanket):
    other = place(blanket)

    for address in (f"/orders/{token_for(other)}/invoice.pdf", f"/orders/{token_for(other)}/papers/INV-2026-00001.pdf",
                    f"/orders/{token_for(sold)}x/invoice.pdf"):  # fmt: skip
        assert client.get(address).status_code == 404
    # PostgreSQL keeps no NUL and refuses to look for one.
    refused = 400 if connection.vendor == "postgresql" else 404
    assert client.get(f"/orders/{token_for(sold)}/papers/%00.pdf").status_code == refused


def test_the_same_invoice_is_the_same_file_and_says_what_was_stored(sold):
    invoice = sold.invoices.first()
    before = paper.draw(Invoice.objects.get(pk=invoice.pk))
    Order.objects.update(language="ru")
    OrderLine.objects.update(product_name="Something else")

    assert paper.draw(Invoice.objects.get(pk=invoice.pk)) == before


def test_whatever_somebody_typed_is_printed_as_text(blanket):
    typed = [*STRINGS, "word " * 10_000, "W" * 5_000, "<b>bold</b>&amp;\0", "\n" * 900]
    # No database of ours takes these two.
    typed = [text.replace("\0", "").encode("utf-8", "ignore").decode() for text in typed]
    order = place(blanket)
    line = order.lines.get()
    OrderAddress.objects.update(name="".join(typed)[:160], line1="<para>" * 30, city="W" * 120)
    OrderLine.objects.bulk_create(
        OrderLine(
            order=order, product_name=text[:255], sku=text[:80], kind="physical", quantity=1, unit_price=0,
            net=0, tax=0, gross=0, tax_rate_bp=line.tax_rate_bp, answers=[{"label": text[:60], "words": text}],
        )
        for text in typed[:: len(typed) // 60] + typed[-4:]
    )  # fmt: skip

    content = paper.draw(invoicing.issue(order, NOW))

    assert content.startswith(b"%PDF") and content.rstrip().endswith(b"%%EOF")
    slip = packing.draw([], slips([order]), ShopDetails.current(), NOW)
    assert slip.startswith(b"%PDF") and slip.rstrip().endswith(b"%%EOF")
    assert plain("a\u202eb\0c\x07\u0300\u0301") == "abc" and len(plain("word " * 10_000)) == 300


def test_staff_write_an_invoice_early_and_take_all_of_them_as_a_file(admin_client, client, sold, blanket):
    order = place(blanket, name="=cmd()")
    admin_client.post(f"/admin/orders/invoice/write/{order.pk}/")
    page = admin_client.get(f"/admin/orders/order/{order.pk}/change/").content.decode()
    listed = admin_client.get("/admin/orders/invoice/").content.decode()
    rows = b"".join(admin_client.get("/admin/orders/invoice/export/?kind__exact=credit_note").streaming_content)
    every = b"".join(admin_client.get("/admin/orders/invoice/export/").streaming_content).decode()

    invoice = order.invoices.get()
    assert invoice.number in page and f"/admin/orders/invoice/{invoice.pk}/pdf/" in page
    assert admin_client.get(f"/admin/orders/invoice/{invoice.pk}/pdf/").content.startswith(b"%PDF")
    assert "INV-2026: 2 without a gap" in listed and "CN-2026: 1 without a gap" in listed
    assert rows.decode().count("\r\n") == 2 and "-8.26,-1.74,-10.00" in rows.decode()
    assert "'=cmd()" in every and "INV-2026-00002" in every


def test_a_number_that_is_missing_is_named(admin_client, sold):
    lost = sold.invoices.get(kind="credit_note")
    for rows in (lost.lines.all(), lost.taxes.all(), Invoice.objects.filter(pk=lost.pk)):
        rows._raw_delete("default")

    assert "CN-2026: missing 1" in admin_client.get("/admin/orders/invoice/").content.decode()


def test_the_pick_list_sums_up_by_place_and_a_slip_holds_what_is_still_to_send(blanket):
    set_of_two = make_variant(make_product("A pair of blankets", kind="bundle"), tracks_stock=False)
    set_components(set_of_two, {blanket.pk: 2})
    sent, first, second = (place(*wanted) for wanted in ([blanket], [(blanket, 3)], [blanket, set_of_two]))
    for order in (sent, first, second):
        payments.mark_paid(order, now=NOW)
    ship(sent, now=NOW)
    ship(first, now=NOW, pieces={first.lines.get().pk: 1})

    picked = picks([sent, first, second])
    packed = slips([sent, first, second])

    assert [(pick.location, pick.sku, pick.pieces, pick.orders) for pick in picked] == [
        ("Warehouse", blanket.sku, 5, [(first.number, 2), (second.number, 3)])
    ]
    assert [slip.pieces for slip in packed] == [1, 2, 2]
    assert packed[0].shipment == sent.shipments.get() and packed[2].rows[1].parts == ((2, blanket.sku, "Wool blanket"),)


def test_many_slips_are_one_file_of_few_questions_and_too_many_are_refused(
    admin_client, blanket, django_assert_max_num_queries
):
    blanket.barcode = "4006381333931"
    blanket.save()
    for _number in range(4):
        payments.mark_paid(place(blanket), now=NOW)

    with django_assert_max_num_queries(14):
        printed = admin_client.get("/admin/orders/order/packing.pdf")
    chosen = ",".join(map(str, range(1, 203)))
    refused = admin_client.get(f"/admin/orders/order/packing.pdf?orders={chosen}", follow=True)

    assert printed["Content-Type"] == "application/pdf" and b"/Count 5" in printed.content
    assert "At most 200 orders" in refused.content.decode()
