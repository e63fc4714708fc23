"""The one order in which rows of money are locked: first the order, then its payment."""

from orders.models import Order, Payment


def lock(payment: Payment) -> tuple[Order, Payment]:
    """Both rows, locked and fresh. Inside a transaction."""
    order = Order.objects.select_for_update().get(pk=payment.order_id)
    payment = Payment.objects.select_for_update().get(pk=payment.pk)
    payment.order = order
    return order, payment
