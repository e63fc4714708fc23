"""Transfers of a bank's file: what fits is proposed, nothing is paid twice, and strange files are told in words."""

from datetime import date

import pytest

from orders import bank
from orders.actions import bank as actions
from orders.bank import amount_of, day_of
from orders.bank.table import text_of
from orders.models import BankLine, Order
from tests.orders.conftest import NOW, place

SPANISH = "Banco de Prueba;;;\nFecha;Concepto;Ordenante;Importe\n"


def take_in(text: str, name="march.csv"):
    file = actions.keep(text.encode(), name, None, NOW)
    return actions.read(file, actions.columns_of(bank.read(file.text)))


def standing() -> list[tuple]:
    lines = BankLine.objects.order_by("pk").select_related("order")
    return [(line.status, line.reason, line.order and line.order.number) for line in lines]


@pytest.mark.parametrize(
    ("cell", "minor"),
    [
        ("53.90", 5390), ("53,90", 5390), ("1.234,56", 123456), ("1,234.56 EUR", 123456), ("+ 12", 1200),
        ("1 234,50 €", 123450), ("-53,90", -5390), ("(7.00)", -700), ("1.234", 123400), ("1'234'567.80", 123456780),
    ],
)  # fmt: skip
def test_amounts_are_read_as_banks_write_them(cell, minor):
    assert amount_of(cell, "EUR") == minor


@pytest.mark.parametrize("cell", ["", "free", "1,2,3", "=1+1", "12,345,6", "9" * 40, "1.2345"])
def test_what_is_no_amount_is_refused(cell):
    with pytest.raises(bank.NotACell):
        amount_of(cell, "EUR")


def test_days_are_read_as_banks_write_them():
    cells = ["2026-03-02", "02/03/2026", "2.3.26", "03/23/2026"]
    assert [day_of(cell) for cell in cells] == [date(2026, 3, 2)] * 3 + [date(2026, 3, 23)]
    for cell in ["31/02/2026", "yesterday", ""]:
        with pytest.raises(bank.NotACell):
            day_of(cell)


def test_what_fits_exactly_is_proposed_and_the_others_say_why(blanket):
    fits, other_amount, paid = place(blanket), place(blanket), place((blanket, 2))
    actions.payments.mark_paid(paid, now=NOW)

    came = take_in(
        SPANISH
        + f"02/03/2026;PEDIDO {fits.number} gracias;ADA BYRON;53,90\n"
        + f"02/03/2026;{other_amount.number};BOB;50,00\n"
        + f"03/03/2026;{paid.number};CY;102,90\n"
        + "03/03/2026;999999;DI;1,00\n"
        + "03/03/2026;regalo;EVA;53,90\n"
        + f"03/03/2026;{fits.number} {other_amount.number};FAY;107,80\n"
        + "04/03/2026;comisión;;-3,00\n"
        + "someday;x;;y\n"
    )

    assert (came.new, came.known, came.outgoing, len(came.faults)) == (6, 0, 1, 1)
    assert standing() == [
        ("exact", "", fits.number),
        ("open", "amount", other_amount.number),
        ("open", "not_waiting", paid.number),
        ("open", "unknown", None),
        ("open", "by_amount", other_amount.number),
        ("open", "several", None),
    ]
    assert Order.objects.get(pk=fits.pk).payment_status == "unpaid"


def test_one_press_pays_each_order_once_whoever_sends_the_file_again(blanket):
    order = place(blanket)
    text = SPANISH + f"02/03/2026;{order.number};ADA;53,90\n"
    take_in(text)
    line = BankLine.objects.get()

    first = actions.confirm([line], None, NOW)
    again = take_in(text)
    overlap = take_in(text + f"05/03/2026;{order.number};ADA;53,90\n", "april.csv")
    second = actions.confirm(BankLine.objects.exclude(order=None), None, NOW)

    order.refresh_from_db()
    payment = order.payments.get()
    assert (first, again.new, again.known, overlap.new, second) == ((1, 0), 0, 1, 1, (0, 2))
    assert (order.payment_status, payment.captured, payment.events.count()) == ("paid", 5390, 1)
    assert standing()[1] == ("open", "not_waiting", order.number)


def test_columns_that_nobody_knows_are_asked_for_once_and_remembered(blanket):
    order = place(blanket)
    text = "Tag,Wert,Wofür\n2026-03-02,53.90,{}\n"
    file = actions.keep(text.format(order.number).encode(), "a.csv", None, NOW)
    table = bank.read(file.text)
    unknown = actions.is_complete(actions.columns_of(table))
    actions.read(file, {"date": 0, "amount": 1, "text": 2})

    came = take_in(text.format("another"), "b.csv")

    assert (unknown, came.new, standing()[0][0]) == (False, 1, "exact")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no table"),
        (b"PK\x03\x04rest", "spreadsheet"),
        (b"Fecha;Importe\0;x\n", "not a table"),
        (b"Fecha;Concepto;Importe\n", "no rows"),
        (b"Fecha;Concepto;Importe\n" + b"1;2;3\n" * 100_000, "20,000 rows"),
        (b"x" * 5_000_001, "5 MB"),
        (b'"' + b"a" * 200_000, "cannot be read"),
    ],
    ids=["empty", "packed", "nul", "headings only", "many rows", "large", "endless cell"],
)
def test_strange_files_are_told_in_a_sentence(db, content, said):
    with pytest.raises(bank.Unreadable) as refusal:
        actions.keep(content, "x.csv", None, NOW)

    assert said in str(refusal.value)


def test_a_formula_and_a_page_of_html_are_only_text(blanket):
    place(blanket)
    take_in("Fecha;Concepto;Importe\n02/03/2026;=cmd|'/c calc'!A0 <script>;1,00\n")

    assert BankLine.objects.get().text.startswith("=cmd")


def test_statements_of_the_old_kind_are_read(db):
    assert "operación" in text_of("Fecha operación".encode("cp1252"))
