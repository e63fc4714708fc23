"""Money that a card holds for us: noted when the provider says so, let go when nobody wants it or time is up."""

import logging
import uuid
from datetime import UTC, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from catalog.money import format_minor
from orders import letters, providers
from orders.actions import placing, saved_cards
from orders.actions.history import in_our_language, note
from orders.actions.locking import lock
from orders.actions.payment_ledger import record
from orders.actions.payments import addressing
from orders.actions.payments.fate import intent_id
from orders.actions.payments.money import bring_back, complaint_of, put_before_a_person
from orders.actions.payments.request import is_taken_with_parcel
from orders.actions.payments.trouble import PaymentUnavailable
from orders.models import Order, OrderEvent, Payment, PaymentEvent, PaymentMethod

logger = logging.getLogger(__name__)

Kind, Status = PaymentEvent.Kind, Payment.Status


def hold(payment: Payment, session: dict, now: datetime) -> bool:
    """The card holds the money of this session: its order is placed and may be packed. Returns whether it is.

    Called again it changes nothing. What is held for an order that was called off, or whose pieces are sold, is let
    go of. Raises PaymentUnavailable only then; the clock tries again.
    """
    with in_our_language():
        is_wanted = _note_held(payment, session, now)
    if not is_wanted and not session_is_foreign(payment, session):
        let_go(payment, now)
    return is_wanted


def session_is_foreign(payment: Payment, session: dict) -> bool:
    """Whether this money is not the payment's at all, or was taken or let go of meanwhile."""
    payment.refresh_from_db()
    return payment.intent_id != intent_id(session) or payment.closed_at is not None


@transaction.atomic(durable=True)
def _note_held(payment: Payment, session: dict, now: datetime) -> bool:
    order, payment = lock(payment)
    if complaint := complaint_of(order, payment, session):
        put_before_a_person(order, payment, session, complaint, now)
        return False
    if payment.status == Status.CAPTURED or payment.closed_at is not None:
        return False
    until = _until(session)
    fields = {"session_id": session["id"], "intent_id": intent_id(session), "capture_before": until}
    Payment.objects.filter(pk=payment.pk).update(**fields)
    if payment.status == Status.AUTHORISED:
        return True
    saved_cards.remember(order, session)
    record(payment, Kind.AUTHORISED, payment.amount, now, intent_id(session) or session["id"])
    if not addressing.complete(order, payment, session, now):
        Payment.objects.filter(pk=payment.pk).update(status=Status.CANCELLED)
        return False
    if order.status == Order.Status.CANCELLED and (order.placed_at or not bring_back(order, now)):
        # The clock lets go of it, if nobody does before.
        Payment.objects.filter(pk=payment.pk).update(status=Status.CANCELLED)
        return False
    Payment.objects.filter(pk=payment.pk).update(status=Status.AUTHORISED, **_taking_now(order, payment))
    placing.mark_placed(order, now)
    placing.note_held(order, now, _text(payment, until))
    return True


def _taking_now(order: Order, payment: Payment) -> dict:
    """What was held only until its address was known is taken as soon as this is written; the clock sees to it."""
    if payment.asks_address_in is None or is_taken_with_parcel(order):
        return {}
    return {"capturing": payment.amount, "capture_key": uuid.uuid4()}


def let_go(payment: Payment, now: datetime | None = None) -> bool:
    """Take nothing of what the card holds. True once it is let go of, False when it was taken in this very moment.

    The order has been called off before; kept open, the payment is asked about until the provider has let go.
    Raises PaymentUnavailable.
    """
    now = now or timezone.now()
    payment.refresh_from_db()
    if payment.closed_at is not None or not payment.intent_id:
        return payment.status == Status.CANCELLED
    try:
        providers.let_go(payment.intent_id)
    except providers.Refused as refusal:
        logger.warning("What the card holds for payment %s is not let go of: %s", payment.pk, refusal)
        return False
    note_let_go(payment, now)
    return True


def let_go_quietly(payment: Payment, now: datetime) -> None:
    """`let_go` for who has other things to do; the clock tries again where the provider is away."""
    try:
        let_go(payment, now)
    except PaymentUnavailable as trouble:
        logger.warning("The card goes on holding the money of payment %s for now: %s", payment.pk, trouble)


@transaction.atomic
def note_let_go(payment: Payment, now: datetime) -> None:
    """The card holds nothing any more: by our wish, or because time was up. Once, however often it is told."""
    order, payment = lock(payment)
    if payment.closed_at is not None or payment.status == Status.CAPTURED:
        return
    if payment.held:
        record(payment, Kind.CANCELLED, payment.held, now, f"{payment.intent_id} let go")
    Payment.objects.filter(pk=payment.pk).update(status=Status.CANCELLED, closed_at=now)
    if order.status == Order.Status.PLACED and order.payment_status == Order.PaymentStatus.AUTHORISED:
        _wait_for_money(order, payment, now)


def _wait_for_money(order: Order, payment: Payment, now: datetime) -> None:
    """Nothing was charged: the order waits for a transfer instead, its buyer is told, and it needs a person."""
    Order.objects.filter(pk=order.pk).update(payment_status=Order.PaymentStatus.UNPAID)
    order.payment_status = Order.PaymentStatus.UNPAID
    Payment.objects.create(
        order=order,
        method=PaymentMethod.Code.BANK_TRANSFER,
        amount=payment.amount,
        currency=payment.currency,
        created_at=now,
    )
    text = _("The card does not hold the money any more: %(sum)s was not taken. It is now to be transferred.")
    with in_our_language():
        note(order, OrderEvent.Type.INCIDENT, now, text % {"sum": _sum(payment)})
    letters.tell_lapsed(order, payment)


def _until(session: dict) -> datetime | None:
    """When the bank lets go by itself, if Stripe tells."""
    charge = session["payment_intent"].get("latest_charge")
    card = ((charge if isinstance(charge, dict) else {}).get("payment_method_details") or {}).get("card") or {}
    told = card.get("capture_before")
    return datetime.fromtimestamp(told, UTC) if isinstance(told, int) else None


def _text(payment: Payment, until: datetime | None) -> str:
    if until is None:
        return _sum(payment)
    words = {"sum": _sum(payment), "day": date_format(localtime(until), "SHORT_DATETIME_FORMAT")}
    return _("%(sum)s until %(day)s") % words


def _sum(payment: Payment) -> str:
    return format_minor(payment.amount, payment.currency, "en")
