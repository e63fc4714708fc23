"""Handing over what is due of all broadcasts, by as many workers as run at once; each message at most once.

A batch is taken up together. Then, one by one: its letter is written, one conditional update says that it is being
sent, it is handed over on a line to the mail server that is kept, and one more update says what came of it. A worker
that dies leaves one message in doubt at most; the rest of its batch is planned again.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from django.db.models import Exists, OuterRef

from catalog.prepared import Change
from customers import mail
from customers.models import Mail
from customers.post_office import Away, Line, NotNow, Refused, Unanswered
from marketing.actions import coupons
from marketing.actions.broadcasts.claiming import claim
from marketing.broadcasts.letters import Press
from marketing.channels import CHANNELS
from marketing.models import Broadcast, Message
from marketing.words import CannotBeWritten

Status = Message.Status
# A worker goes back to its other work after so many seconds; the clock calls one again every few seconds.
SHIFT = 20.0
TRY_AGAIN_AFTER = timedelta(minutes=10)
# So many letters in a row that the server does not want now: it wants none, and is left in peace.
PATIENCE = 3

# The last word before it leaves: still taken up, and the broadcast neither paused nor called off.
_GOES = Change(
    lambda pk, at, subject, decision: (
        Message.objects.filter(
            Exists(Broadcast.objects.filter(pk=OuterRef("broadcast"), status=Broadcast.Status.SENDING)),
            pk=pk,
            status=Status.CLAIMED,
        ),
        {"status": Status.SENDING, "claimed_at": at, "subject": subject, "decision": decision},
    )
)
_GONE = Change(
    lambda pk, at, number: (
        Message.objects.filter(pk=pk, status=Status.SENDING),
        {"status": Status.HANDED_OVER, "handed_over_at": at, "provider_id": number},
    )
)


class Enough(Exception):
    """Nothing more goes out by this worker for now."""


def send(now: datetime, seconds: float = SHIFT) -> int:
    """Hand over what is due for so many seconds at most; returns how many messages were.

    Post about orders goes ahead of every batch.
    """
    with Line() as line:
        return _Worker(line, now, seconds).work()


@dataclass(slots=True)
class _Turn:
    """One batch: what was made for all of it together."""

    readers: dict
    codes: dict[int, dict[int, str]]


class _Worker:
    def __init__(self, line: Line, now: datetime, seconds: float) -> None:
        self.line, self.began, self.now = line, monotonic(), now
        self.until = self.began + seconds
        self.press = Press(monotonic)
        self.refusals = 0

    def moment(self) -> datetime:
        return self.now + timedelta(seconds=monotonic() - self.began)

    def work(self) -> int:
        sent = 0
        try:
            while monotonic() < self.until and (more := self._round()) is not None:
                sent += more
        except Enough:
            pass
        return sent

    def _round(self) -> int | None:
        """A batch of each broadcast that is being sent; None when none had anything due."""
        if Mail.objects.filter(status=Mail.Status.QUEUED, due_at__lte=self.moment()).exists():
            mail.dispatch(self.moment())
        sent, any_due = 0, False
        # The version is not needed: each message names its own.
        for broadcast in Broadcast.objects.filter(status=Broadcast.Status.SENDING).order_by("begins_at", "pk"):
            messages, was_due = claim(broadcast, self.moment())
            any_due |= was_due
            sent += self._send_all(messages)
        return sent if any_due else None

    def _send_all(self, messages: list[Message]) -> int:
        if not messages:
            return 0
        turn = _Turn(self.press.readers(messages), self._codes(messages))
        sent = 0
        for number, message in enumerate(messages):
            try:
                sent += self._send(message, turn)
            except Enough:
                _put_back(messages[number + 1 :])
                raise
        return sent

    def _codes(self, messages: list[Message]) -> dict[int, dict[int, str]]:
        """The codes of each message, by promotion."""
        found: dict[int, dict[int, str]] = {}
        for version in {one.version for one in messages}:
            mine = [one for one in messages if one.version == version]
            for promotion in self.press.design(version).promotions:
                for pk, code in coupons.codes_for(mine, promotion).items():
                    found.setdefault(pk, {})[promotion] = code
        return found

    def _send(self, message: Message, turn: _Turn) -> bool:
        codes = turn.codes.get(message.pk, {})
        try:
            letter = self.press.write(message, turn.readers.get(message.pk), codes, self.moment())
            way = CHANNELS[message.channel]
            parcel = way.parcel(message, letter)
        except CannotBeWritten as error:
            return _drop(message, Status.CLAIMED, bool(codes), "cannot_be_written", error)
        if not _GOES(pk=message.pk, at=self.moment(), subject=letter.subject, decision=json.dumps(message.decision)):
            # Somebody left, or the broadcast is held or called off: what he would have got opens nothing.
            if codes:
                coupons.void(message)
            return False
        kept = [self.line] if message.channel == Message.Channel.EMAIL else []
        return self._hand_over(message, bool(codes), lambda: way.hand_over(parcel, *kept))

    def _hand_over(self, message: Message, has_codes: bool, hand: Callable[[], str]) -> bool:
        try:
            number = hand()
        except NotNow as error:
            self._wait(message, error)
            return False
        except Unanswered as error:
            message.decision["error"] = str(error)
            _leave(message, Status.IN_DOUBT, reason="no_answer")
            return False
        except Refused as error:
            return _drop(message, Status.SENDING, has_codes, "refused", error)
        self.refusals = 0
        _GONE(pk=message.pk, at=self.moment(), number=number[:120])
        return True

    def _wait(self, message: Message, error: NotNow) -> None:
        """It was surely not taken: planned again for later. No fault of the letter."""
        message.decision["postponed"] = str(error)
        _leave(message, Status.PLANNED, planned_for=self.moment() + TRY_AGAIN_AFTER, claimed_at=None)
        self.refusals += 1
        if isinstance(error, Away) or self.refusals >= PATIENCE:
            raise Enough


def _leave(message: Message, status: str, **changes) -> None:
    mine = Message.objects.filter(pk=message.pk, status=Status.SENDING)
    mine.update(status=status, decision=message.decision, **changes)


def _drop(message: Message, status: str, has_codes: bool, reason: str, error: Exception) -> bool:
    """It will never go out."""
    message.decision["error"] = str(error)
    if has_codes:
        coupons.void(message)
    mine = Message.objects.filter(pk=message.pk, status=status)
    mine.update(status=Status.FAILED, reason=reason, decision=message.decision)
    return False


def _put_back(messages: list[Message]) -> None:
    """What was taken up and is not sent now is planned again."""
    mine = Message.objects.filter(pk__in=[one.pk for one in messages], status=Status.CLAIMED)
    mine.update(status=Status.PLANNED, claimed_at=None)
