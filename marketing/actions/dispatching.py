"""Sending what was planned: take up, look again, write, hand over, mark. At most once, and never after an order.

One transaction locks what the rules read, looks at every rule anew, writes the letter and its codes, and says that it
is being sent. It is handed over outside of it. A message that was being sent and never marked stays in doubt: people
see it, nothing sends it again.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from django.db import transaction
from django.db.models import Q

from customers.post_office import Away, NotNow, Refused, Unanswered
from marketing.actions import coupons
from marketing.channels import CHANNELS
from marketing.models import Flow, Message, Profile
from marketing.origins import origin_of
from marketing.rules import Check, Rule, decision, verdict
from marketing.rules.person import Look, Whom
from marketing.words import CannotBeWritten

logger = logging.getLogger(__name__)

Status = Message.Status
IN_DOUBT_AFTER = timedelta(minutes=10)
TRY_AGAIN_AFTER = timedelta(minutes=10)
LONGEST_PAUSE = timedelta(hours=6)
BATCH = 50


@dataclass(frozen=True, slots=True)
class Taken:
    """A message that is being sent, and what is to be handed over."""

    message: Message
    parcel: object


def dispatch(now: datetime) -> int:
    """Send every planned message that is due and still right; returns how many were handed over."""
    started = monotonic()
    doubt(now)
    sent, after, closed = 0, (0, 0), set()
    while batch := list(_due(now, after).exclude(channel__in=closed).values_list("priority", "pk", "channel")[:BATCH]):
        after = batch[-1][:2]
        for _priority, pk, channel in batch:
            if channel in closed:
                continue
            moment = now + timedelta(seconds=monotonic() - started)
            taken = take(pk, moment)
            try:
                sent += bool(taken) and send(taken, moment)
            except Away:
                # Nobody is there: the others by this channel would only wait for the same closed door.
                closed.add(channel)
    return sent


def doubt(now: datetime) -> None:
    """What lost its worker: in doubt when it may have left, planned again when it surely did not.

    And what was to be shown to somebody who did not come by in time.
    """
    lost = Message.objects.filter(claimed_at__lt=now - IN_DOUBT_AFTER)
    lost.filter(status=Status.SENDING).update(status=Status.IN_DOUBT, reason="worker_lost")
    lost.filter(status=Status.CLAIMED).update(status=Status.PLANNED, claimed_at=None)
    unseen = Message.objects.filter(channel=Message.Channel.ONSITE, status=Status.PLANNED, deadline__lt=now)
    unseen.update(status=Status.SKIPPED, reason=Rule.TOO_LATE.value)


def _due(now: datetime, after: tuple[int, int]):
    """Due messages of live flows, the most important first; of a paused flow those that can only be too late."""
    priority, pk = after
    return (
        Message.objects.filter(
            Q(flow__status=Flow.Status.LIVE) | Q(flow__isnull=False, deadline__lt=now),
            Q(priority__gt=priority) | Q(priority=priority, pk__gt=pk),
            status=Status.PLANNED,
            planned_for__lte=now,
        )
        .exclude(channel=Message.Channel.ONSITE)
        .order_by("priority", "pk")
    )


@transaction.atomic
def take(pk: int, now: datetime) -> Taken | None:
    """Take a planned message up if every rule still holds; else skip it, or leave it for later."""
    message = (
        Message.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk, status=Status.PLANNED).first()
    )
    if message is None:
        return None
    origin = origin_of(message)
    if not origin.lock():
        _move(message, Status.SKIPPED, reason=origin.gone.value)
        return None
    if message.profile_id:
        # Two workers with two messages for one person: the second one counts what the first one took.
        message.profile = Profile.everyone.select_for_update(no_key=True).get(pk=message.profile_id)
    whom = Whom.of(message)
    checks = [*Look([whom], now).checks(whom), *origin.checks(now)]
    message.decision["claimed"] = decision(now, checks)
    if not _may_leave(message, checks, origin):
        return None
    return _write(message, origin, now)


def _may_leave(message: Message, checks: list[Check], origin) -> bool:
    final, later = verdict(checks)
    if final is None and later is None:
        return True
    # What would come too late by waiting is told now why, and not at its end that it is late.
    hinders = final or next(
        (check for check in checks if not check.passed and check.again_at > origin.deadline()), None
    )
    if hinders:
        _move(message, Status.SKIPPED, reason=hinders.rule.value)
    else:
        _move(message, Status.PLANNED, planned_for=later, deadline=origin.deadline())
    return False


def _write(message: Message, origin, now: datetime) -> Taken | None:
    try:
        with transaction.atomic():
            letter, version = origin.compose(now)
            parcel = CHANNELS[message.channel].parcel(message, letter)
    except CannotBeWritten as error:
        message.decision["error"] = str(error)
        _move(message, Status.FAILED, reason="cannot_be_written")
        return None
    stored = {"subject": letter.subject, "text": letter.text, "html": letter.html, "version": version}
    _move(message, Status.SENDING, claimed_at=now, **stored)
    return Taken(message, parcel)


def _move(message: Message, status: str, **changes) -> None:
    """Within the transaction that holds the row."""
    Message.objects.filter(pk=message.pk).update(status=status, decision=message.decision, **changes)


def send(taken: Taken, now: datetime) -> bool:
    """Hand it over and say what came of it; outside of every transaction. Raises Away when nobody can be reached."""
    message = taken.message
    try:
        number = CHANNELS[message.channel].hand_over(taken.parcel)
    except NotNow as error:
        message.decision["postponed"] = str(error)
        tries = message.decision["tries"] = message.decision.get("tries", 0) + 1
        _leave(message, Status.PLANNED, planned_for=now + _pause(tries), claimed_at=None)
        if isinstance(error, Away):
            raise
        return False
    except Unanswered as error:
        message.decision["error"] = str(error)
        _leave(message, Status.IN_DOUBT, reason="no_answer")
        return False
    except Refused as error:
        message.decision["error"] = str(error)
        coupons.void(message)
        _leave(message, Status.FAILED, reason="refused")
        return False
    _leave(message, Status.HANDED_OVER, handed_over_at=now, provider_id=number[:120])
    return True


def _pause(tries: int) -> timedelta:
    return min(TRY_AGAIN_AFTER * 2 ** min(tries - 1, 6), LONGEST_PAUSE)


def _leave(message: Message, status: str, **changes) -> None:
    """Move a message on that was being sent. One that staff or another worker moved meanwhile is left alone."""
    moved = Message.objects.filter(pk=message.pk, status=Status.SENDING).update(
        status=status, decision=message.decision, **changes
    )
    if not moved:
        logger.warning("Message %s was moved by somebody else while it was being sent", message.pk)
