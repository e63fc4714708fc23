"""The one order in which rows are locked: the cart, the order, its payment, the shelves (each by its key), the tallies
of promotions (by promotion and key), gift cards (by key), and last the counter of order numbers."""

from orders.models import Order, Payment


def lock(payment: Payment) -> tuple[Order, Payment]:
    """Both rows, locked and fresh. Inside a transaction."""
    order = Order.objects.select_for_update().get(pk=payment.order_id)
    payment = Payment.objects.select_for_update().get(pk=payment.pk)
    payment.order = order
    return order, payment
