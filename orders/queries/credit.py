"""Which gift cards and store credit pay for a cart, and how much of it. No query where none were entered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from orders.models import Cart, CreditAccount, Order, Payment

# What Stripe charges a card with at the least, in minor units.
LEAST = {
    "BGN": 100, "CZK": 1500, "DKK": 250, "GBP": 30, "HUF": 17_500, "MXN": 1000, "NOK": 300, "PLN": 200, "RON": 200,
    "SEK": 300,
}  # fmt: skip
LEAST_ELSEWHERE = 50


@dataclass(frozen=True, slots=True)
class Means:
    """A gift card or store credit in a cart; `available` is in minor units of the cart's currency."""

    account: int
    kind: str
    tail: str
    available: int

    @property
    def is_store_credit(self) -> bool:
        return self.kind == CreditAccount.Kind.STORE_CREDIT


def means_of(cart: Cart, now: datetime) -> tuple[Means, ...]:
    """What was entered and still pays, in the order in which it was entered.

    What the cart's own pending order holds counts as there: that order is given up before another is made.
    """
    if not cart.credit:
        return ()
    own = Payment.objects.filter(account=OuterRef("pk"), order__cart=cart.pk, order__status=Order.Status.PENDING)
    held = own.filter(status=Payment.Status.CAPTURED).order_by().values("account").annotate(sum=Sum("amount"))
    mine = Q(kind=CreditAccount.Kind.GIFT_CARD)
    if cart.customer_id:
        mine |= Q(customer=cart.customer_id)
    accounts = CreditAccount.objects.usable(localdate(now)).filter(mine, pk__in=cart.credit, currency=cart.currency)
    found = {one.pk: one for one in accounts.annotate(held=Coalesce(Subquery(held.values("sum")), 0))}
    return tuple(
        Means(one.pk, one.kind, one.tail, one.balance + one.held)
        for pk in cart.credit
        if (one := found.get(pk)) is not None
    )


def shares(means: Sequence[Means], due: int) -> list[tuple[Means, int]]:
    """How much each pays of what is due: the first first, until nothing is due."""
    paid = []
    for one in means:
        part = min(one.available, due)
        due -= part
        paid.append((one, part))
    return paid


def leaving_enough(parts: list[tuple[Means, int]], rest: int, currency: str) -> list[tuple[Means, int]]:
    """The same, but a rest that no card could be charged with becomes as large as it must be; the last pay less."""
    missing = LEAST.get(currency, LEAST_ELSEWHERE) - rest if rest else 0
    found = []
    for one, part in reversed(parts):
        less = min(part, max(missing, 0))
        missing -= less
        found.insert(0, (one, part - less))
    return found


def store_credit_of(customer, currency: str, now: datetime) -> CreditAccount | None:
    """The store credit that a customer could use now. One query."""
    accounts = CreditAccount.objects.usable(localdate(now)).filter(kind=CreditAccount.Kind.STORE_CREDIT, balance__gt=0)
    return accounts.filter(customer=customer, currency=currency).first()
