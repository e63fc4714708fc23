"""When an order is to be invoiced, and how much of that is to be taken back."""

from django.db.models import Sum

from orders.models import Invoice, InvoiceTax, Order, Refund

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
        return left
    back = Refund.objects.filter(payment__order=order, status=Refund.Status.SUCCEEDED).aggregate(sum=Sum("amount"))
    return max(0, min(left, (back["sum"] or 0) - credited))


def tax_rows(order: Order, kind: str) -> list[InvoiceTax]:
    return list(InvoiceTax.objects.filter(invoice__order=order, invoice__kind=kind))


def first_of(order: Order) -> Invoice | None:
    """The order's invoice, if it has one."""
    return Invoice.objects.filter(order=order, kind=Invoice.Kind.INVOICE, corrects=None).first()
