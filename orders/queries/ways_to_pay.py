"""How an order can be paid."""

from orders import providers
from orders.kept import kept
from orders.models import PaymentMethod

Code = PaymentMethod.Code


def ways_to_pay(sends_something: bool, may_owe: bool = False) -> list[PaymentMethod]:
    """The methods on offer, in the merchant's order.

    Cards need a provider's key; paying on delivery needs a parcel; on account buys only who may (`on_account.covers`).
    """
    left_out = []
    if not providers.is_configured():
        left_out.append(Code.CARD)
    if not sends_something:
        left_out.append(Code.ON_DELIVERY)
    if not may_owe:
        left_out.append(Code.ON_ACCOUNT)
    return [way for way in all_ways() if way.is_active and way.code not in left_out]


def all_ways() -> tuple[PaymentMethod, ...]:
    """Every method, also what is no longer offered."""
    return kept("ways to pay", lambda: tuple(PaymentMethod.objects.all()))


def way_to_pay(code: str) -> PaymentMethod | None:
    """The method of that kind, offered or not."""
    return next((way for way in all_ways() if way.code == code), None)


def takes(code: str) -> bool:
    """Whether this way is offered now."""
    return any(way.code == code for way in ways_to_pay(True))
