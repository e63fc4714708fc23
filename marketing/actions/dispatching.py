"""Sending what was planned: claim, look again, write, hand over, mark. At most once, and never after an order.

The claim re-reads consent, suppression, cart, orders, payments and stock in its own transaction. The letter is handed
over outside of it. A message that was claimed and never marked stays in doubt: people see it, nothing sends it again.
"""

import logging
from datetime import datetime, timedelta
from time import monotonic

from django.db import transaction
from django.db.models import Q

from customers.letters import Letter
from customers.post_office import Away, NotNow, Refused, Unanswered, hand_over, message_id
from marketing.actions import coupons
from marketing.actions.planning import decision
from marketing.letters import compose, leave_headers
from marketing.models import Flow, Message, TemplateVersion
from marketing.rules import Case, check_all, deadline_of
from marketing.template_letters import compose_from
from marketing.words import CannotBeWritten
from orders.models import Cart

logger = logging.getLogger(__name__)

Status = Message.Status
IN_DOUBT_AFTER = timedelta(minutes=10)
TRY_AGAIN_AFTER = timedelta(minutes=10)
BATCH = 50


def dispatch(now: datetime) -> int:
    """Send every planned message that is due and still right; returns how many were handed over."""
    started = monotonic()
    _doubt(now)
    sent, after = 0, 0
    while batch := list(_due(now).filter(pk__gt=after).values_list("pk", flat=True)[:BATCH]):
        after = batch[-1]
        for pk in batch:
            moment = now + timedelta(seconds=monotonic() - started)
            message = _claim(pk, moment)
            try:
                sent += bool(message) and _send(message, moment)
            except Away:
                # The mail server is away: the others would only wait for the same closed door.
                return sent
    return sent


def _doubt(now: datetime) -> None:
    lost = Message.objects.filter(status=Status.CLAIMED, claimed_at__lt=now - IN_DOUBT_AFTER)
    lost.update(status=Status.IN_DOUBT, reason="worker_lost")


def _due(now: datetime):
    """Due messages of live flows; of a paused flow those that can only be too late."""
    return Message.objects.filter(
        Q(flow__status=Flow.Status.LIVE) | Q(deadline__lt=now), status=Status.PLANNED, planned_for__lte=now
    ).order_by("pk")


@transaction.atomic
def _claim(pk: int, now: datetime) -> Message | None:
    """Take a message up if every rule still holds; else skip it, or leave it for later."""
    flow_id = Message.objects.values_list("flow_id", flat=True).get(pk=pk)
    flow = Flow.objects.select_for_update().get(pk=flow_id)
    if not Message.objects.filter(pk=pk, status=Status.PLANNED).update(status=Status.CLAIMED, claimed_at=now):
        return None
    message = Message.objects.get(pk=pk)
    # Whoever places an order locks the cart first: either we see his order, or he waits for us.
    cart = Cart.objects.select_for_update(of=("self",)).filter(pk=message.cart_id).first()
    if cart is None:
        _leave(message, Status.SKIPPED, reason="cart_closed")
        return None
    message.flow, message.cart = flow, cart
    checks = check_all(Case(flow, cart, message.address, now, message))
    message.decision["claimed"] = decision(now, checks)
    failed = [check for check in checks if not check.passed]
    final = next((check for check in failed if check.again_at is None), None)
    if final:
        _leave(message, Status.SKIPPED, reason=final.rule.value)
    elif failed:
        later = max(check.again_at for check in failed)
        _leave(message, Status.PLANNED, planned_for=later, deadline=deadline_of(flow, cart))
    else:
        Message.objects.filter(pk=pk).update(decision=message.decision)
        return message
    return None


def _send(message: Message, now: datetime) -> bool:
    try:
        letter, version = _write(message, now)
    except CannotBeWritten as error:
        return _fail(message, "cannot_be_written", error)
    stored = {"subject": letter.subject, "text": letter.text, "html": letter.html, "version": version}
    Message.objects.filter(pk=message.pk).update(**stored)
    headers = {"Message-ID": message_id("message", message.pk), **leave_headers(message)}
    try:
        hand_over(letter, message.address, headers)
    except NotNow as error:
        message.decision["postponed"] = str(error)
        _leave(message, Status.PLANNED, planned_for=now + TRY_AGAIN_AFTER)
        if isinstance(error, Away):
            raise
        return False
    except Unanswered as error:
        message.decision["error"] = str(error)
        _leave(message, Status.IN_DOUBT, reason="no_answer")
        return False
    except Refused as error:
        return _fail(message, "refused", error)
    _leave(message, Status.HANDED_OVER, handed_over_at=now)
    return True


def _write(message: Message, now: datetime) -> tuple[Letter, TemplateVersion | None]:
    """The words of its flow, or the newest version of the flow's template."""
    version = message.flow.template.newest if message.flow.template_id else None
    return (compose_from(version, message, now), version) if version else (compose(message), None)


def _fail(message: Message, reason: str, error: Exception) -> bool:
    coupons.void(message)
    message.decision["error"] = str(error)
    _leave(message, Status.FAILED, reason=reason)
    return False


def _leave(message: Message, status: str, **changes) -> None:
    """Move a claimed message on. One that staff or another worker moved meanwhile is left alone."""
    if status == Status.PLANNED:
        changes["claimed_at"] = None
    moved = Message.objects.filter(pk=message.pk, status=Status.CLAIMED).update(
        status=status, decision=message.decision, **changes
    )
    if not moved:
        logger.warning("Message %s was moved by somebody else while it was being sent", message.pk)
