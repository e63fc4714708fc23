"""A buyer's bank takes money back: on record, and before a person, who alone can answer it."""

from datetime import UTC, datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from catalog.money import format_minor
from orders.actions import credit
from orders.actions.history import note
from orders.actions.locking import lock
from orders.actions.payment_ledger import record
from orders.models import OrderEvent, Payment, PaymentEvent

Kind = PaymentEvent.Kind
NEWS = (
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
)
WON, LOST = ("won", "warning_closed", "prevented"), ("lost",)


@transaction.atomic
def learn_dispute(payment: Payment, told: dict, now: datetime) -> str:
    """Take in what Stripe says of a dispute; each of its turns is told to staff once. Gives the turn."""
    order, payment = lock(payment)
    kind = _kind_of(told)
    known = set(payment.events.filter(reference=told["id"]).values_list("kind", flat=True))
    if Kind.DISPUTED not in known:
        # A mere inquiry takes no money yet.
        amount = 0 if str(told.get("status", "")).startswith("warning") else int(told["amount"])
        record(payment, Kind.DISPUTED, amount, now, told["id"], str(told.get("reason") or ""))
        note(order, OrderEvent.Type.INCIDENT, now, _opened(payment, told))
    if kind not in known and kind != Kind.DISPUTED:
        held = payment.events.get(reference=told["id"], kind=Kind.DISPUTED).amount
        record(payment, kind, held, now, told["id"])
        words = {"id": told["id"]}
        is_won = kind == Kind.DISPUTE_WON
        text = _("The dispute %(id)s was won: the money stays.") if is_won else _("The dispute %(id)s was lost.")
        note(order, OrderEvent.Type.INCIDENT, now, text % words)
        if not is_won:
            # Whoever has his money back through the bank has no gift card for it.
            credit.recall(order, now)
    return kind


def _kind_of(told: dict) -> Kind:
    status = told.get("status")
    return Kind.DISPUTE_WON if status in WON else Kind.DISPUTE_LOST if status in LOST else Kind.DISPUTED


def _opened(payment: Payment, told: dict) -> str:
    words = {
        "sum": format_minor(int(told["amount"]), payment.currency, "en"),
        "reason": str(told.get("reason") or "?")[:60],
        "id": told["id"],
    }
    due = (told.get("evidence_details") or {}).get("due_by")
    text = _("The buyer disputes %(sum)s at the bank (%(reason)s, %(id)s). Answer at Stripe.")
    if isinstance(due, int):
        text = _("The buyer disputes %(sum)s at the bank (%(reason)s, %(id)s). Answer at Stripe until %(day)s.")
        words["day"] = date_format(localtime(datetime.fromtimestamp(due, UTC)))
    return text % words
