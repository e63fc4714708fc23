"""What providers tell afterwards: stored once, then acted on, in one transaction."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from customers import consent
from customers.actions import phone_numbers
from customers.models import Mail, PhoneNumber, Suppression
from marketing.models import DeliveryEvent, Message

Type = DeliveryEvent.Type
ROW = re.compile(r"<?(message|mail)-(\d{1,18})@")


@dataclass(frozen=True, slots=True)
class Told:
    """One event as the provider tells it. `provider_id` is its number of what was sent, `row` our own Message-ID."""

    provider: str
    event_id: str
    type: str
    occurred_at: datetime
    provider_id: str = ""
    row: str = ""
    address: str = ""
    words: str = ""
    is_final: bool = False
    is_machine: bool = False


@transaction.atomic
def take(told: Told, now: datetime) -> bool:
    """Store it and do what follows; False when it was told before. What names nothing of ours is stored, no more.

    A bounce for good and a complaint bar the address. An opening changes nothing.
    """
    message, mail = _of(told)
    address = (message and message.address) or (mail and mail.to) or told.address
    event, is_new = DeliveryEvent.objects.get_or_create(
        provider=told.provider[:30],
        event_id=told.event_id[:120],
        defaults={
            "type": told.type,
            "is_final": told.is_final,
            "is_machine": told.is_machine,
            "message": message,
            "mail": mail,
            "address": address[:254],
            "words": told.words.replace("\x00", "")[:500],
            "occurred_at": told.occurred_at,
            "received_at": now,
        },
    )
    if is_new and (message or mail):
        _follow(event)
    return is_new


@transaction.atomic
def take_stop(provider: str, event_id: str, number: str, words: str, now: datetime) -> bool:
    """Somebody answered STOP to a text: he gets no more, from this transaction on; False when it was told before."""
    told = {"type": Type.UNSUBSCRIBED, "address": number[:254], "words": words.replace("\x00", "")[:500]}
    told |= {"occurred_at": now, "received_at": now}
    _event, is_new = DeliveryEvent.objects.get_or_create(provider=provider[:30], event_id=event_id[:120], defaults=told)
    if is_new:
        phone_numbers.stop(number, "answer to a text", words[:200].replace("\x00", ""))
    return is_new


def _of(told: Told) -> tuple[Message | None, Mail | None]:
    """The row that it is about: by the provider's number, or by our own id that came back."""
    if told.provider_id:
        number = told.provider_id[:120]
        if message := Message.objects.filter(provider_id=number).select_related("profile").first():
            return message, None
        if mail := Mail.objects.filter(provider_id=number).first():
            return None, mail
    found = ROW.match(told.row)
    if found is None:
        return None, None
    rows = Message.objects.select_related("profile") if found[1] == "message" else Mail.objects
    row = rows.filter(pk=int(found[2])).first()
    return (row, None) if found[1] == "message" else (None, row)


def _follow(event: DeliveryEvent) -> None:
    message = event.message
    if event.type == Type.DELIVERED and message:
        # It was not known whether it had left: now it is.
        doubtful = Message.objects.filter(pk=message.pk, status=Message.Status.IN_DOUBT)
        doubtful.update(status=Message.Status.HANDED_OVER, handed_over_at=event.occurred_at)
    if message and message.channel == Message.Channel.SMS:
        _follow_text(event, message)
    elif event.type == Type.COMPLAINED:
        consent.suppress(event.address, Suppression.Reason.COMPLAINED)
    elif event.type == Type.BOUNCED and event.is_final:
        _bar_bounced(event.address)
    elif event.type == Type.UNSUBSCRIBED:
        consent.withdraw(event.address, f"{event.provider} unsubscribe")


def _bar_bounced(address: str) -> None:
    """Whoever complained or was barred by staff stays so: a bounce is the weaker reason."""
    bar = consent.standing(address).suppression
    if bar is None or bar.reason == Suppression.Reason.UNSUBSCRIBED:
        consent.suppress(address, Suppression.Reason.BOUNCED)


def _follow_text(event: DeliveryEvent, message: Message) -> None:
    """A number that does not exist, or whose owner stopped it at the carrier, gets no more."""
    if event.type == Type.UNSUBSCRIBED or (event.type == Type.BOUNCED and event.is_final):
        number = PhoneNumber.objects.filter(number=event.address).first()
        if number:
            phone_numbers.stop(number.number, f"{event.provider} report", event.words[:200])
