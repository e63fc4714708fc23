"""The safety net under invoices and credit notes: none is lost, whatever died when."""

import logging
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from orders.actions.invoicing.crediting import credit
from orders.actions.invoicing.issuing import issue
from orders.actions.invoicing.moments import due, gone_back
from orders.actions.invoicing.supplementing import issue_for
from orders.models import Invoice, Order, Supplement

logger = logging.getLogger(__name__)

# An order that was imported or seeded as history is not invoiced years later.
LOOKS_BACK = timedelta(days=60)


def keep(now: datetime) -> int:
    """Write every paper that is missing; returns how many. One that cannot be written is logged and tried again."""
    written = 0
    # Looked up one after the other: what was just invoiced may have to be taken back.
    for act, missing in ((issue, _uninvoiced), (issue_for, _settled), (credit, _changed)):
        for row in missing(now):
            try:
                written += act(row, now) is not None
            except Exception:
                logger.exception("A paper of %s could not be written", row)
    return written


def _uninvoiced(now: datetime) -> list[Order]:
    invoices = Invoice.objects.filter(order=OuterRef("pk"), kind=Invoice.Kind.INVOICE)
    recent = Order.objects.placed().filter(~Exists(invoices), placed_at__gt=now - LOOKS_BACK)
    return [order for order in recent.order_by("pk") if due(order)]


def _settled(now: datetime) -> list[Supplement]:
    """Paid supplements of invoiced orders that have no invoice of their own."""
    paid = Supplement.objects.filter(status=Supplement.Status.SETTLED, invoice=None, settled_at__gt=now - LOOKS_BACK)
    return list(paid.filter(order__invoices__corrects=None, order__invoices__kind=Invoice.Kind.INVOICE).order_by("pk"))


def _changed(now: datetime) -> list[Order]:
    """Invoiced orders of which more was to be taken back than was: called off, or money went back."""
    papers = Invoice.objects.filter(order=OuterRef("pk"))
    refunds = gone_back()
    waits = Supplement.objects.filter(order=OuterRef("pk"), status=Supplement.Status.OPEN)
    lately = refunds.filter(created_at__gt=now - LOOKS_BACK).values("payment__order")
    off = Q(status=Order.Status.CANCELLED, placed_at__gt=now - LOOKS_BACK)
    orders = Order.objects.filter(Q(pk__in=lately) | off).annotate(
        invoiced=_sum(papers.filter(kind=Invoice.Kind.INVOICE), "order", "gross"),
        credited=_sum(papers.filter(kind=Invoice.Kind.CREDIT_NOTE), "order", "gross"),
        waits=_sum(waits, "order", "amount"),
        back=_sum(refunds.filter(payment__order=OuterRef("pk")), "payment__order", "amount"),
    )
    short = orders.filter(credited__lt=F("invoiced"))
    beyond = Q(back__gt=F("total") - F("waits") - F("invoiced") + F("credited"))
    return list(short.filter(Q(status=Order.Status.CANCELLED) | beyond).order_by("pk"))


def _sum(rows: QuerySet, by: str, what: str) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values(by).annotate(sum=Sum(what)).values("sum")), 0)
