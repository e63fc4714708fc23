"""A guest who wants an account after the order."""

from django.db import IntegrityError, transaction

from customers.models import Customer
from orders.models import Order, OrderAddress


class AlreadyKnown(Exception):
    """The address of the order has an account: its owner signs in instead."""


def open_account(order: Order, password: str) -> Customer:
    """An account for the address of a guest's order. Only this order comes along: the address is not proven yet.

    Raises AlreadyKnown, also when the order belongs to somebody.
    """
    try:
        with transaction.atomic():
            if order.customer_id or Customer.objects.filter(email__iexact=order.email).exists():
                raise AlreadyKnown(order.pk)
            address = order.addresses.first()
            customer = Customer.objects.create_user(
                order.email, password, name=address.name if address else "", language=order.language
            )
            Order.objects.filter(pk=order.pk, customer=None).update(customer=customer)
            _keep_address(customer, order)
    except IntegrityError:
        # Two presses of the button.
        raise AlreadyKnown(order.pk) from None
    order.customer = customer
    return customer


def _keep_address(customer: Customer, order: Order) -> None:
    sent_to = order.addresses.filter(kind=OrderAddress.Kind.DELIVERY).first()
    if sent_to:
        fields = {name: getattr(sent_to, name) for name in sent_to.FIELDS}
        customer.addresses.create(**fields, is_default=True)
