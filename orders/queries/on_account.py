"""What a customer may owe, and what he owes."""

from django.db.models import F, Sum

from customers.models import Customer
from orders.models import AccountTerms, Order, Payment, PaymentMethod
from orders.queries.ways_to_pay import way_to_pay

ON_ACCOUNT = PaymentMethod.Code.ON_ACCOUNT


def covers(customer: Customer | None, currency: str, amount: int) -> bool:
    """Whether the customer may buy for so much on account. No query for guests, and where it is not offered."""
    way = way_to_pay(ON_ACCOUNT)
    if customer is None or way is None or not way.is_active:
        return False
    terms = terms_of(customer, currency)
    return terms is not None and terms.limit > 0 and owed(customer, currency) + amount <= terms.limit


def terms_of(customer: Customer, currency: str) -> AccountTerms | None:
    """His own terms, or those of his group."""
    rows = AccountTerms.objects.filter(currency=currency)
    rows = rows.filter(customer=customer) | rows.filter(group__isnull=False, group=customer.group_id)
    return rows.order_by(F("customer").asc(nulls_last=True)).first()


def owed(customer: Customer, currency: str) -> int:
    """What is open on account, in minor units."""
    mine = Payment.objects.filter(order__customer=customer, order__status=Order.Status.PLACED)
    mine = mine.filter(method=ON_ACCOUNT, status=Payment.Status.PENDING, currency=currency)
    return mine.aggregate(sum=Sum("amount"))["sum"] or 0
