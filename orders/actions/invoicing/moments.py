"""When an order is to be invoiced, and how much of that is to be taken back."""

from django.db.models import F, QuerySet, Sum

from orders.models import Invoice, InvoiceTax, Order, Payment, Refund, Supplement

# The whole is invoiced with the first parcel.
HAS_LEFT = (Order.FulfilmentStatus.PARTLY, Order.FulfilmentStatus.FULFILLED)


def due(order: Order) -> bool:
    """Its money is here, or its goods have left: whichever comes first."""
    if order.status != Order.Status.PLACED:
        return False
    return order.payment_status in Order.MONEY_IS_THERE or order.fulfilment_status in HAS_LEFT


def owed(order: Order, invoiced: int, credited: int) -> int:
    """What is to be taken back now: all of an order that was called off, else what money went back beyond it."""
    left = invoiced - credited
    if order.status == Order.Status.CANCELLED:
        # What is kept (of gift cards that were spent) was sold.
        kept = Payment.objects.filter(order=order, is_surplus=False).aggregate(sum=Sum(F("captured") - F("refunded")))
        return max(0, left - (kept["sum"] or 0))
    back = gone_back().filter(payment__order=order).aggregate(sum=Sum("amount"))["sum"] or 0
    return max(0, min(left, left - (agreed(order) - back)))


def agreed(order: Order) -> int:
    """What the order comes to, without what was added and is not paid yet."""
    waits = Supplement.objects.filter(order=order, status=Supplement.Status.OPEN).aggregate(sum=Sum("amount"))
    return order.total - (waits["sum"] or 0)


def gone_back() -> QuerySet[Refund]:
    """Refunds that count in the books: of money that came for an order, not by mistake."""
    return Refund.objects.filter(status=Refund.Status.SUCCEEDED, payment__is_surplus=False)


def tax_rows(order: Order, kind: str) -> list[InvoiceTax]:
    return list(InvoiceTax.objects.filter(invoice__order=order, invoice__kind=kind))


def standing_of(order: Order) -> Invoice | None:
    """The invoice that holds: the first one, or what was written anew because the order changed before it was paid."""
    whole = Invoice.objects.filter(order=order, kind=Invoice.Kind.INVOICE, supplement=None)
    return whole.order_by("pk").last()


def has_credit_for(invoice: Invoice) -> bool:
    """Whether anything was taken back since it was written."""
    return Invoice.objects.filter(order=invoice.order_id, kind=Invoice.Kind.CREDIT_NOTE, pk__gt=invoice.pk).exists()


def supplements_of(order: Order) -> list[Invoice]:
    """The invoices of what was added to it and paid."""
    return list(Invoice.objects.filter(order=order, supplement__isnull=False).order_by("pk"))


def first_of(order: Order) -> Invoice | None:
    """The order's invoice, if it has one."""
    return Invoice.objects.filter(order=order, kind=Invoice.Kind.INVOICE, corrects=None).first()
