"""Writing a paper down: its number, its head, its rows. The rows must come to its sums."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.timezone import localdate

from customers.models import PostalAddress, ShopDetails
from orders.actions.numbers import next_of
from orders.models import Invoice, InvoiceLine, InvoiceTax, Order, OrderAddress

PREFIXES = {Invoice.Kind.INVOICE: "INV", Invoice.Kind.CREDIT_NOTE: "CN"}
SUMS = ("net", "tax", "gross")


class DoesNotAddUp(Exception):
    """Rows and sums by rate of a paper differ: it is not written."""


def write(
    order: Order,
    kind: str,
    lines: Sequence[InvoiceLine],
    taxes: Sequence[InvoiceTax],
    now: datetime,
    corrects: Invoice | None = None,
    **words,
) -> Invoice:
    """The next paper of its series and year. Inside the caller's transaction, which has the order's row locked.

    Raises DoesNotAddUp; nothing was written then, and no number is used up.
    """
    check(order, lines, taxes)
    series = series_of(kind, localdate(now))
    place = next_of(series)
    paper = head(order, kind, series, place, _day(series, place, now), taxes, corrects)
    paper.issued_at = now
    for name, said in words.items():
        setattr(paper, name, said)
    paper.save()
    for model, rows in ((InvoiceLine, lines), (InvoiceTax, taxes)):
        for row in rows:
            row.invoice = paper
        model.objects.bulk_create(rows)
    return paper


def check(order: Order, lines: Sequence[InvoiceLine], taxes: Sequence[InvoiceTax]) -> None:
    """The rows come to the sums by rate, or DoesNotAddUp."""
    if any(sum(getattr(row, what) for row in taxes) != sum(getattr(line, what) for line in lines) for what in SUMS):
        raise DoesNotAddUp(order.pk)


def series_of(kind: str, day: date) -> str:
    return f"{PREFIXES[kind]}-{day.year}"


def head(
    order: Order,
    kind: str,
    series: str,
    place: int,
    day: date,
    taxes: Sequence[InvoiceTax],
    corrects: Invoice | None = None,
) -> Invoice:
    """The head of a paper at its place, not written yet."""
    sums = {what: sum(getattr(row, what) for row in taxes) for what in SUMS}
    said = _head(order) if corrects is None else _head_of(corrects)
    number = f"{series}-{place:05}"
    return Invoice(
        order=order, kind=kind, corrects=corrects, series=series, place=place, number=number, issued_on=day,
        **said, **sums,
    )  # fmt: skip


def country_of(order: Order) -> str:
    """Where the buyer's tax was reckoned, as far as his addresses tell."""
    addresses = {address.kind: str(address.country) for address in order.addresses.all()}
    return addresses.get(OrderAddress.Kind.DELIVERY) or addresses.get(OrderAddress.Kind.BILLING, "")


def _day(series: str, place: int, now: datetime) -> date:
    """Today; never before the paper before it, for two that met at midnight."""
    before = Invoice.objects.filter(series=series, place=place - 1).values_list("issued_on", flat=True).first()
    return max(localdate(now), before or date.min)


def _head(order: Order) -> dict:
    """Who sells to whom, as of this moment."""
    addresses = {address.kind: address for address in order.addresses.all()}
    goes_to = addresses.get(OrderAddress.Kind.DELIVERY)
    pays = addresses.get(OrderAddress.Kind.BILLING) or goes_to
    buyer = {**_lines(pays), "vat_number": order.vat_number, "email": order.email}
    elsewhere = goes_to is not None and pays is not None and _lines(goes_to) != _lines(pays)
    return {
        "language": order.language,
        "currency": order.currency,
        "order_number": order.number,
        "ordered_on": localdate(order.placed_at),
        "seller": _seller(),
        "buyer": buyer,
        "delivers_to": _lines(goes_to) if elsewhere else {},
        "buyer_name": " · ".join(filter(None, (buyer.get("company", ""), buyer.get("name", "")))) or order.email,
        "country": buyer.get("country", ""),
        "taxing": order.taxing,
        "prices_include_tax": order.prices_include_tax,
    }


def _head_of(invoice: Invoice) -> dict:
    """A later paper speaks to the same people in the same words."""
    names = (
        "language", "currency", "order_number", "ordered_on", "seller", "buyer", "delivers_to", "buyer_name",
        "country", "taxing", "prices_include_tax", "remarks",
    )  # fmt: skip
    return {name: getattr(invoice, name) for name in names}


def _seller() -> dict:
    shop = ShopDetails.current()
    return {what: getattr(shop, what) for what in ("name", "legal_name", "address", "email", "phone", "vat_number")}


def _lines(address: PostalAddress | None) -> dict:
    if address is None:
        return {}
    return {what: str(getattr(address, what)) for what in PostalAddress.FIELDS if what != "phone"}
