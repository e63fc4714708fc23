"""Asking Stripe what became of a payment, and acting on the answer."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from orders import providers
from orders.actions import holds, withdrawing
from orders.actions.history import in_our_language
from orders.actions.locking import lock
from orders.actions.payments.again import turn_back
from orders.actions.payments.fate import Fate, fate_of
from orders.actions.payments.holding import hold, note_let_go
from orders.actions.payments.settling import settle
from orders.actions.payments.taking import take
from orders.models import Order, Payment


def ask(payment: Payment, now: datetime, session_id: str = "") -> Fate:
    """Ask about a payment whose page was opened, and act on it. Raises PaymentUnavailable.

    `session_id` is for a page of which we know from elsewhere.
    """
    try:
        session = providers.session(session_id or payment.session_id)
    except providers.Refused as refusal:
        if refusal.code != "resource_missing":
            raise
        # Another account's, or one of test mode: our Stripe will never take money for it.
        return _bury(payment, now)
    Payment.objects.filter(pk=payment.pk).update(checked_at=now)
    return act_on(payment, session, now)


def act_on(payment: Payment, session: dict, now: datetime) -> Fate:
    """Do what a session of Stripe's calls for, and say what it was."""
    fate = fate_of(session)
    if fate is Fate.PAID and payment.is_taken_later and payment.session_id == session["id"]:
        take(payment, session["payment_intent"], now, session=session)
    elif fate is Fate.PAID:
        settle(payment, session, now)
    elif fate is Fate.HELD:
        hold(payment, session, now)
    elif fate is Fate.WAITING:
        _keep_pieces(payment)
    elif fate is Fate.DEAD:
        _bury(payment, now)
    return fate


@transaction.atomic
def _keep_pieces(payment: Payment) -> None:
    """The buyer did his part: his pieces are held until his bank has answered, however long that takes."""
    order, _payment = lock(payment)
    if order.status == Order.Status.PENDING:
        holds.keep(order)


def _bury(payment: Payment, now: datetime) -> Fate:
    if payment.authorised:
        note_let_go(payment, now)
        return Fate.DEAD
    Payment.objects.filter(pk=payment.pk, closed_at=None).update(closed_at=now)
    if payment.supplement_id:
        # The order stands; its buyer may try again, or pay in another way.
        waiting = Payment.objects.filter(pk=payment.pk, status=Payment.Status.PENDING)
        waiting.update(status=Payment.Status.CANCELLED)
        return Fate.DEAD
    if payment.order.placed_at:
        # Paid by card after all, or not: the order itself was agreed long ago.
        turn_back(payment, now)
        return Fate.DEAD
    with in_our_language():
        withdrawing.withdraw(payment.order, _("not paid in time"), now)
    return Fate.DEAD
