"""Invoices and credit notes for the accountant: a row for each rate, credit notes with a minus."""

import csv
from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import StreamingHttpResponse

from catalog.actions.importing.formulas import safe
from catalog.money import Money
from orders.models import InvoiceTax

HEAD = [
    "number", "kind", "date", "belongs_to", "order", "ordered_on", "buyer", "buyer_vat_number", "buyer_country",
    "taxing", "currency", "tax_country", "rate", "net", "tax", "gross",
]  # fmt: skip


class Line:
    """What the csv module writes into: it hands the line on."""

    def write(self, text: str) -> str:
        return text


def as_file(invoices: QuerySet) -> StreamingHttpResponse:
    """Sent as it is read: a year of papers never lies in memory."""
    writer = csv.writer(Line())
    taxes = InvoiceTax.objects.filter(invoice__in=invoices.order_by().values("pk"))
    taxes = taxes.select_related("invoice__corrects").order_by("invoice__issued_on", "invoice_id", "-rate_bp")

    def lines() -> Iterator[str]:
        yield "\ufeff" + writer.writerow(HEAD)
        for tax in taxes.iterator(chunk_size=500):
            yield writer.writerow([*(safe(fact) for fact in _facts(tax)), *_sums(tax)])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="invoices.csv"'
    return response


def _facts(tax: InvoiceTax) -> list:
    invoice = tax.invoice
    return [
        invoice.number, invoice.kind, invoice.issued_on.isoformat(), invoice.corrects or "", invoice.order_number,
        invoice.ordered_on.isoformat(), invoice.buyer_name, invoice.buyer.get("vat_number", ""), invoice.country,
        invoice.taxing, invoice.currency, tax.country, f"{tax.rate_bp / 100:g}",
    ]  # fmt: skip


def _sums(tax: InvoiceTax) -> list[str]:
    """Plain numbers: their minus is no formula."""
    sign, currency = -1 if tax.invoice.is_credit else 1, tax.invoice.currency
    return [str(Money(sign * amount, currency).amount) for amount in (tax.net, tax.tax, tax.gross)]
