"""Taking up the next messages of a broadcast: one transaction looks at every rule anew for all of them together."""

import math
from datetime import datetime, timedelta

from django.db import transaction

from marketing.broadcasts.audience import pieces_left
from marketing.models import Broadcast, Message, Profile
from marketing.rules import Check, Rule, decision, minute, verdict
from marketing.rules.person import Look, Whom

Status = Message.Status
BATCH = 100
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@transaction.atomic
def claim(broadcast: Broadcast, now: datetime) -> tuple[list[Message], bool]:
    """Messages that may leave now, with their people and versions; and whether anything was due at all.

    They are unsent still: whoever unsubscribes from now on stops them in his own transaction (`leaving.stop`), and so
    does who pauses the broadcast, until each is marked as being sent.
    """
    number = _free(broadcast, now)
    due = _due(broadcast, now)[:number] if number else []
    messages = list(due)
    if not messages:
        return [], False
    # Locked in the order of their keys: two workers with messages for the same people count each other's.
    people = Profile.everyone.select_for_update(no_key=True, of=("self",)).select_related("customer")
    known = people.filter(pk__in=[one.profile_id for one in messages]).order_by("pk").in_bulk()
    for message in messages:
        message.profile = known.get(message.profile_id)
    return _judge(broadcast, messages, now), True


def _due(broadcast: Broadcast, now: datetime):
    rows = Message.objects.select_for_update(of=("self",), skip_locked=True).select_related("version")
    mine = rows.filter(broadcast=broadcast, status=Status.PLANNED, planned_for__lte=now)
    return mine.order_by("planned_for", "pk")


def _free(broadcast: Broadcast, now: datetime) -> int:
    """How many may leave at this moment: so many an hour, and no more than their share of a minute at once."""
    if broadcast.throttle is None:
        return BATCH
    # Workers take turns here, so that none counts what another is about to take.
    Broadcast.objects.select_for_update(no_key=True).get(pk=broadcast.pk)
    left = Message.objects.filter(broadcast=broadcast).order_by()
    in_hour = left.filter(claimed_at__gt=now - HOUR).count()
    in_minute = left.filter(claimed_at__gt=now - MINUTE).count()
    free = min(broadcast.throttle - in_hour, math.ceil(broadcast.throttle / 60) - in_minute, BATCH)
    return max(free, 0)


def _judge(broadcast: Broadcast, messages: list[Message], now: datetime) -> list[Message]:
    whoms = [Whom.of(message) for message in messages]
    look, mine = Look(whoms, now), _of_broadcast(broadcast)
    taken = []
    for message, whom in zip(messages, whoms, strict=True):
        late = Check(Rule.TOO_LATE, now < message.deadline, minute(message.deadline))
        checks = [late, *mine, *look.checks(whom)]
        message.decision["claimed"] = decision(now, checks)
        if _may_leave(message, checks):
            look.took(whom)
            taken.append(message)
    Message.objects.filter(pk__in=[one.pk for one in taken]).update(status=Status.CLAIMED, claimed_at=now)
    return taken


def _of_broadcast(broadcast: Broadcast) -> list[Check]:
    """What holds for all of them alike."""
    left = pieces_left(broadcast)
    return [] if left is None else [Check(Rule.SOLD_OUT, left > 0, str(left))]


def _may_leave(message: Message, checks: list[Check]) -> bool:
    final, later = verdict(checks)
    if final is None and later is None:
        return True
    # What would come too late by waiting is told now why, and not at its end that it is late.
    failed = (check for check in checks if not check.passed)
    hinders = final or next((check for check in failed if check.again_at >= message.deadline), None)
    changes = {"status": Status.SKIPPED, "reason": hinders.rule.value} if hinders else {"planned_for": later}
    Message.objects.filter(pk=message.pk).update(decision=message.decision, **changes)
    return False
