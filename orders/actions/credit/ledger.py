"""The one hand that moves balances: a conditional update and its entry, in the caller's transaction."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from customers.models import Customer
from orders.models import CreditAccount, CreditEntry, Payment, Refund


class NotCovered(Exception):
    """The account has less, is blocked or over; nothing was moved."""


@transaction.atomic
def put(
    account_id: int,
    amount: int,
    kind: CreditEntry.Kind,
    now: datetime,
    *,
    payment: Payment | None = None,
    refund: Refund | None = None,
    actor: Customer | None = None,
    note: str = "",
) -> CreditEntry:
    """Add an amount (minor units, more than none) to an account, also to one that is blocked or over."""
    if amount < 1:
        raise ValueError(amount)
    CreditAccount.objects.filter(pk=account_id).update(balance=F("balance") + amount)
    return _enter(account_id, amount, kind, now, payment=payment, refund=refund, actor=actor, note=note[:200])


@transaction.atomic
def take(
    account_id: int,
    amount: int,
    kind: CreditEntry.Kind,
    now: datetime,
    *,
    payment: Payment | None = None,
    actor: Customer | None = None,
    note: str = "",
) -> CreditEntry:
    """Take an amount (minor units, more than none) from an account; to spend, it must be valid. Raises NotCovered."""
    if amount < 1:
        raise ValueError(amount)
    accounts = CreditAccount.objects.filter(pk=account_id, balance__gte=amount)
    if kind == CreditEntry.Kind.SPENT:
        accounts = accounts.usable(localdate(now))
    if not accounts.update(balance=F("balance") - amount):
        raise NotCovered(account_id)
    return _enter(account_id, -amount, kind, now, payment=payment, actor=actor, note=note[:200])


def _enter(account_id: int, amount: int, kind: str, now: datetime, **facts) -> CreditEntry:
    # The update above holds the row until the commit, so this is the balance after our own move.
    after = CreditAccount.objects.values_list("balance", flat=True).get(pk=account_id)
    return CreditEntry.objects.create(
        account_id=account_id, amount=amount, kind=kind, balance_after=after, created_at=now, **facts
    )
