"""How an order can be paid."""

from django.conf import settings

from orders.models import PaymentMethod

Code = PaymentMethod.Code


def ways_to_pay(sends_something: bool) -> list[PaymentMethod]:
    """The methods on offer, in the merchant's order. One query.

    Cards need a provider's key; paying on delivery needs a parcel.
    """
    left_out = []
    if not settings.STRIPE_SECRET_KEY:
        left_out.append(Code.CARD)
    if not sends_something:
        left_out.append(Code.ON_DELIVERY)
    return list(PaymentMethod.objects.filter(is_active=True).exclude(code__in=left_out))
