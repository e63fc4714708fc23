"""Does the money agree? Each card payment with Stripe's charge, each sum with the rows that explain it."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from orders import providers
from orders.actions import payments, refunds
from orders.actions.history import note
from orders.actions.locking import lock
from orders.actions.payment_ledger import record
from orders.models import (
    CreditAccount,
    MoneyCheck,
    Order,
    OrderEvent,
    Payment,
    PaymentEvent,
    PaymentMethod,
    Refund,
    Supplement,
)

logger = logging.getLogger(__name__)

# Stripe's books are read so far back; older money does not move any more.
LOOKS_BACK = timedelta(days=120)
# What is on its way just now is no difference.
QUIET = timedelta(minutes=10)
# A report is for people.
MOST = 500


class What(StrEnum):
    CAPTURED = "captured"  # Stripe took another sum than we know of
    REFUNDED = "refunded"  # Stripe gave another sum back
    MISSING = "missing"  # we say it was paid, Stripe knows no charge
    STRAY = "stray"  # money that names an order of ours and belongs to none of its payments
    REFUND_SUM = "refund sum"  # refunds do not add up to what the payment says went back
    UNPAID = "unpaid"  # an order is paid, and its payments have less than its total
    CREDIT = "credit"  # a balance is not the sum of its entries


MENDABLE = {What.CAPTURED, What.REFUNDED, What.STRAY, What.REFUND_SUM, What.CREDIT}


def check(now: datetime, mend: bool = False) -> MoneyCheck:
    """Compare everything and write down what does not agree; with `mend` put right what can be, and look again.

    Repairing asks Stripe afresh: what it says of a session is settled, of refunds taken over. What only a person can
    judge stays in the list. Never inside a transaction.
    """
    found, asked, number = _all(now)
    mended = 0
    if mend and found:
        for drift in found:
            mended += _mended(drift, now)
        before = len(found)
        found, asked, number = _all(now)
        mended = min(mended, max(before - len(found), 0))
    if any(drift["what"] == What.STRAY for drift in found):
        _tell(found, now)
    return MoneyCheck.objects.create(checked_at=now, payments=number, asked=asked, drifts=found[:MOST], mended=mended)


def _all(now: datetime) -> tuple[list[dict], bool, int]:
    paid = Payment.objects.filter(status=Payment.Status.CAPTURED, captured_at__gte=now - LOOKS_BACK)
    paid = paid.filter(captured_at__lte=now - QUIET)
    found = [*_sums_of_refunds(), *_orders_without_money(), *_credit()]
    try:
        charges = _charges(now) if providers.is_configured() else None
    except (providers.Unavailable, providers.Refused) as trouble:
        logger.warning("The money is compared without Stripe: %s", trouble)
        charges = None
    if charges is not None:
        by_card = paid.filter(method=PaymentMethod.Code.CARD, intent_id__isnull=False).select_related("order")
        held = Payment.objects.filter(status=Payment.Status.AUTHORISED, intent_id__isnull=False)
        found += _against(charges, list(by_card), list(held.select_related("order")))
    return found, charges is not None, paid.count()


def _charges(now: datetime) -> dict[str, dict]:
    """The charges of Stripe's books that took money, by their payment intents."""
    return {
        charge["payment_intent"]: charge
        for charge in providers.charges_since(now - LOOKS_BACK)
        if charge["payment_intent"] and charge["amount_captured"] and charge["created"] <= (now - QUIET).timestamp()
    }


def _against(charges: dict[str, dict], ours: list[Payment], held: list[Payment]) -> Iterator[dict]:
    for payment in held:
        if charge := charges.pop(payment.intent_id, None):
            yield _drift(What.CAPTURED, payment, payment.captured, charge["amount_captured"])
    away = dict(
        Refund.objects.filter(payment__in=ours, to_credit=True, status=Refund.Status.SUCCEEDED)
        .values_list("payment")
        .annotate(sum=Sum("amount"))
        .order_by()
    )
    waiting = set(Refund.objects.filter(status=Refund.Status.REQUESTED).values_list("payment_id", flat=True))
    for payment in ours:
        charge = charges.pop(payment.intent_id, None)
        if charge is None:
            yield _drift(What.MISSING, payment, payment.captured, 0)
            continue
        if charge["amount_captured"] != payment.captured:
            yield _drift(What.CAPTURED, payment, payment.captured, charge["amount_captured"])
        back = payment.refunded - away.get(payment.pk, 0)
        # What was held and not taken stands among Stripe's refunds.
        told = charge["amount_refunded"] - (payment.cancelled if charge["amount"] > charge["amount_captured"] else 0)
        if told != back and payment.pk not in waiting:
            yield _drift(What.REFUNDED, payment, back, told)
    known = set(Payment.objects.filter(intent_id__in=list(charges)).values_list("intent_id", flat=True))
    for intent, charge in charges.items():
        if intent not in known and (charge.get("metadata") or {}).get("order"):
            yield _stray(intent, charge)


def _stray(intent: str, charge: dict) -> dict:
    told = str((charge.get("metadata") or {}).get("payment", ""))
    payment = None
    if told.isascii() and told.isdecimal() and len(told) < 18:
        payment = Payment.objects.filter(pk=int(told)).select_related("order").first()
    left = charge["amount"] - charge["amount_refunded"]
    drift = _drift(What.STRAY, payment, 0, left) if payment else {"what": What.STRAY, "ours": 0, "theirs": left}
    return {"order": None, "payment": None, **drift, "name": intent, "currency": charge["currency"].upper()}


def _sums_of_refunds() -> Iterator[dict]:
    rows = Refund.objects.filter(payment=OuterRef("pk")).exclude(status=Refund.Status.FAILED).order_by()
    told = Coalesce(Subquery(rows.values("payment").annotate(sum=Sum("amount")).values("sum")), 0)
    moved = Payment.objects.filter(Q(refunded__gt=0) | Q(refunds__isnull=False)).distinct()
    for payment in moved.annotate(told=told).exclude(told=F("refunded")).select_related("order")[:MOST]:
        yield _drift(What.REFUND_SUM, payment, payment.refunded, payment.told)


def _orders_without_money() -> Iterator[dict]:
    came = Payment.objects.filter(order=OuterRef("pk")).order_by().values("order").annotate(sum=Sum("captured"))
    money_waits = (Order.PaymentStatus.UNPAID, Order.PaymentStatus.AUTHORISED)
    paid = Order.objects.exclude(payment_status__in=money_waits).filter(status=Order.Status.PLACED)
    added = Supplement.objects.filter(order=OuterRef("pk"), status=Supplement.Status.OPEN).order_by()
    paid = paid.annotate(
        came=Coalesce(Subquery(came.values("sum")), 0), waits=Coalesce(Subquery(added.values("amount")[:1]), 0)
    )
    for order in paid.filter(came__lt=F("total") - F("waits"))[:MOST]:
        facts = {"name": order.number, "order": order.pk, "payment": None, "currency": order.currency}
        yield {"what": What.UNPAID, **facts, "ours": order.total, "theirs": order.came}


def _credit() -> Iterator[dict]:
    accounts = CreditAccount.objects.annotate(told=Coalesce(Sum("entries__amount"), 0)).exclude(told=F("balance"))
    for account in accounts[:MOST]:
        facts = {"name": str(account), "order": None, "payment": None, "account": account.pk}
        yield {"what": What.CREDIT, **facts, "currency": account.currency} | {
            "ours": account.balance,
            "theirs": account.told,
        }


def _drift(what: What, payment: Payment, ours: int, theirs: int) -> dict:
    order = payment.order
    facts = {"name": order.number or payment.intent_id or "", "order": order.pk, "payment": payment.pk}
    return {"what": what, **facts, "currency": payment.currency, "ours": ours, "theirs": theirs}


def _mended(drift: dict, now: datetime) -> bool:
    if drift["what"] not in MENDABLE:
        return False
    try:
        _mend(drift, now)
    except (payments.PaymentUnavailable, providers.Refused) as trouble:
        logger.warning("%s of %s was not mended: %s", drift["what"], drift["name"], trouble)
        return False
    return True


def _mend(drift: dict, now: datetime) -> None:
    if drift["what"] == What.CREDIT:
        # The entries are believed; a balance that they would bring below zero stays before a person.
        told = max(drift["theirs"], 0)
        CreditAccount.objects.filter(pk=drift["account"], balance=drift["ours"]).update(balance=told)
        return
    payment = Payment.objects.filter(pk=drift["payment"]).first() if drift["payment"] else None
    if payment is None:
        return
    if drift["what"] == What.REFUND_SUM:
        _follow_refunds(payment, drift, now)
        return
    if payment.session_id:
        payments.ask(payment, now)
    refunds.learn(payment, now)


@transaction.atomic
def _follow_refunds(payment: Payment, drift: dict, now: datetime) -> None:
    """The refunds are believed: the ledger says the difference."""
    _order, payment = lock(payment)
    more = drift["theirs"] - payment.refunded
    if payment.refunded == drift["ours"] and more <= payment.refundable:
        kind = PaymentEvent.Kind.REFUND_ASKED if more > 0 else PaymentEvent.Kind.REFUND_FAILED
        record(payment, kind, abs(more), now, note="mended")


def _tell(found: list[dict], now: datetime) -> None:
    """Money without a place is put before a person, once for each."""
    for drift in found:
        if drift["what"] != What.STRAY or not drift["order"]:
            continue
        text = f"Stripe holds {drift['theirs']} {drift['currency']} of {drift['name']} that no payment explains."
        order = Order.objects.get(pk=drift["order"])
        if not order.events.filter(type=OrderEvent.Type.INCIDENT, text=text).exists():
            note(order, OrderEvent.Type.INCIDENT, now, text)
