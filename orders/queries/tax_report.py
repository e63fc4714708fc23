"""Tax by country and rate over a span of days, less what went back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Sum
from django.utils.timezone import make_aware

from orders.models import InvoiceTax, Order, OrderTax, Refund
from orders.rounding import split


@dataclass(frozen=True, slots=True)
class TaxRow:
    """Of one currency, country, rate and way of taxing: how many orders, their net, tax and gross, and what of it
    went back (`back_net`, `back_tax`). Minor units.
    """

    currency: str
    country: str
    rate_bp: int
    taxing: str
    orders: int
    net: int
    tax: int
    gross: int
    back_net: int = 0
    back_tax: int = 0

    @property
    def tax_due(self) -> int:
        return self.tax - self.back_tax

    @property
    def net_due(self) -> int:
        return self.net - self.back_net

    @property
    def taxing_words(self) -> str:
        return str(Order.Taxing(self.taxing).label)


def tax_report(first: date, last: date) -> list[TaxRow]:
    """Orders placed on these days (both included; cancelled ones do not count), and refunds that succeeded in them.

    A refund is counted on its own day, at the rates of its credit note.
    """
    since, until = _start(first), _start(last + timedelta(days=1))
    sold = (
        OrderTax.objects.filter(
            order__status=Order.Status.PLACED, order__placed_at__gte=since, order__placed_at__lt=until
        )
        .values_list("order__currency", "country", "rate_bp", "order__taxing")
        .annotate(number=Count("order"), net=Sum("net"), tax=Sum("tax"), gross=Sum("gross"))
        .order_by("order__currency", "country", "-rate_bp", "order__taxing")
    )
    found = {row[:4]: row[4:] for row in sold}
    back = _given_back(since, until)
    for key in back:
        found.setdefault(key, (0, 0, 0, 0))
    return [TaxRow(*key, *found[key], *back.get(key, (0, 0))) for key in sorted(found, key=_place)]


def _given_back(since: datetime, until: datetime) -> dict[tuple, tuple[int, int]]:
    refunds = (
        Refund.objects.filter(
            status=Refund.Status.SUCCEEDED,
            created_at__gte=since,
            created_at__lt=until,
            payment__order__status=Order.Status.PLACED,
            payment__is_surplus=False,
        )
        .select_related("payment__order")
        .prefetch_related("payment__order__taxes", "lines__line", "credit_note__taxes")
    )
    sums: dict[tuple, tuple[int, int]] = {}
    for refund in refunds.iterator(chunk_size=500):
        order = refund.payment.order
        for row, net, tax in _parts(refund, list(order.taxes.all())):
            key = (order.currency, row.country.code, row.rate_bp, order.taxing)
            before = sums.get(key, (0, 0))
            sums[key] = (before[0] + net, before[1] + tax)
    return sums


def _parts(refund: Refund, rows: list[OrderTax]) -> Iterator[tuple[OrderTax | InvoiceTax, int, int]]:
    """As its credit note says, so that both agree to the cent. Without one, pieces at the rate they were sold at; what
    names none, and delivery, by the sums of the order.
    """
    note = getattr(refund, "credit_note", None)
    if note is not None:
        yield from ((row, row.net, row.tax) for row in note.taxes.all())
        return
    rest = refund.amount
    for part in refund.lines.all():
        at = [row for row in rows if row.rate_bp == part.line.tax_rate_bp]
        if len(at) == 1:
            rest -= part.gross
            yield at[0], part.net, part.tax
    yield from _shared(rest, rows)


def _shared(amount: int, rows: list[OrderTax]) -> Iterable[tuple[OrderTax, int, int]]:
    """A refund by the rates of its order: net and tax of each part."""
    if not any(row.gross for row in rows):
        return
    for row, part in zip(rows, split(amount, [row.gross for row in rows]), strict=True):
        if row.gross:
            net, tax = split(part, [row.net, row.tax])
            yield row, net, tax


def _place(key: tuple) -> tuple:
    currency, country, rate_bp, taxing = key
    return currency, country, -rate_bp, taxing


def _start(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))
