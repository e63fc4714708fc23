"""The gate: whom we may write to beyond his orders, by which channel, and on what statement that rests."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from customers import events
from customers.models import Consent, Customer, Suppression

MARKETING, EMAIL = Consent.Purpose.MARKETING, Consent.Channel.EMAIL
LIFTED_BY_THE_PERSON = Suppression.Reason.UNSUBSCRIBED
#: Of these a barred address says nothing about other channels: the mailbox is the trouble.
ONLY_MAIL = (Suppression.Reason.UNSUBSCRIBED, Suppression.Reason.BOUNCED)


@dataclass(frozen=True, slots=True)
class Standing:
    """What we know of an address at this moment: its newest statement, and whether it is suppressed."""

    consent: Consent | None
    suppression: Suppression | None

    @property
    def may_write(self) -> bool:
        """Suppression beats consent; asked but not confirmed is no consent."""
        granted = self.consent is not None and self.consent.status == Consent.Status.GRANTED
        return granted and self.suppression is None


def normal(email: str) -> str:
    """One spelling for one mailbox."""
    return email.strip().lower()


def standing(email: str, purpose: str = MARKETING, channel: str = EMAIL) -> Standing:
    email = normal(email)
    return standings({email}, purpose, channel)[email]


def standings(emails: set[str], purpose: str = MARKETING, channel: str = EMAIL) -> dict[str, Standing]:
    """`standing` of many addresses (each as `normal` writes it), for two queries."""
    said = Consent.objects.filter(email__in=emails, purpose=purpose, channel=channel)
    newest = {row.email: row for row in said.order_by("email", "id")}
    bars = Suppression.objects.filter(email__in=emails)
    barred = {bar.email: bar for bar in (bars if channel == EMAIL else bars.exclude(reason__in=ONLY_MAIL))}
    return {email: Standing(newest.get(email), barred.get(email)) for email in emails}


def may_send(email: str, purpose: str = MARKETING, channel: str = EMAIL) -> bool:
    """True when the newest statement for the purpose and channel is a yes, and nothing forbids the address.

    Every way out of the shop asks here, in the transaction in which it takes up a message.
    """
    return bool(email.strip()) and standing(email, purpose, channel).may_write


def may_write(email: str) -> bool:
    """`may_send` for marketing by e-mail."""
    return may_send(email)


def may_answer(email: str, asked_at: datetime) -> bool:
    """Whether a letter that the person asked for at that moment may go out: no consent to marketing is needed.

    An address that bounced, complained or was barred by staff gets none; neither does one that left our list since.
    """
    bar = Suppression.objects.filter(email=normal(email)).first()
    return bar is None or (bar.reason == LIFTED_BY_THE_PERSON and bar.created_at < asked_at)


@transaction.atomic
def ask(email: str, wording: str, source: str, customer: Customer | None = None, *, channel: str = EMAIL) -> Consent:
    """Note that somebody typed this address. Nothing may be sent until the link in its mailbox is used.

    Whoever said yes before keeps that yes: a stranger typing the address must not take it away.
    """
    if (current := standing(email, channel=channel)).may_write:
        return current.consent
    return _state(email, Consent.Status.PENDING, wording, source, customer, channel=channel)


@transaction.atomic
def grant(
    email: str,
    purpose: str,
    channel: str,
    wording: str,
    source: str,
    customer: Customer | None = None,
    *,
    version: str = "",
    visitor_key: UUID | None = None,
) -> Consent:
    """Record a yes of the person. It lifts his own unsubscription, but no bounce, complaint or bar set by staff.

    A visitor whose address nobody knows is named by `visitor_key`.
    """
    if (purpose, channel) == (MARKETING, EMAIL):
        Suppression.objects.filter(email=normal(email), reason=LIFTED_BY_THE_PERSON).delete()
    more = {"version": version, "visitor_key": visitor_key}
    return _state(email, Consent.Status.GRANTED, wording, source, customer, purpose, channel, **more)


@transaction.atomic
def withdraw(
    email: str,
    source: str,
    wording: str = "",
    customer: Customer | None = None,
    *,
    purpose: str = MARKETING,
    channel: str = EMAIL,
    visitor_key: UUID | None = None,
) -> None:
    """Take a yes back, from this moment and for what is planned already: `consent_changed` is said within.

    Of marketing by e-mail the address is barred as well, whatever becomes of the statements.
    """
    email = normal(email)
    if (purpose, channel) == (MARKETING, EMAIL):
        Suppression.objects.get_or_create(email=email, defaults={"reason": Suppression.Reason.UNSUBSCRIBED})
    whose = {"email": email} if email else {"email": "", "visitor_key": visitor_key}
    newest = Consent.objects.filter(**whose, purpose=purpose, channel=channel).order_by("-id").first()
    # A second click on the link writes no second row.
    if newest is None or newest.status != Consent.Status.WITHDRAWN:
        more = {"visitor_key": visitor_key}
        _state(email, Consent.Status.WITHDRAWN, wording, source, customer, purpose, channel, **more)


@transaction.atomic
def withdraw_all(email: str, source: str) -> None:
    """Nothing at all: every yes to marketing ends, on whatever channel, with what is planned there."""
    withdraw(email, source)
    for channel in Consent.Channel.values:
        if channel != EMAIL and standing(email, channel=channel).consent:
            withdraw(email, source, channel=channel)


@transaction.atomic
def suppress(email: str, reason: str) -> Suppression:
    """Bar an address: it bounced, complained, or staff decided so. A stronger reason replaces an unsubscription."""
    bar, _created = Suppression.objects.update_or_create(email=normal(email), defaults={"reason": reason})
    events.address_barred.send(sender=Suppression, email=bar.email, reason=bar.reason)
    return bar


def _state(email, status, wording, source, customer, purpose=MARKETING, channel=EMAIL, **more) -> Consent:
    said = Consent.objects.create(
        email=normal(email),
        status=status,
        wording=wording,
        source=source,
        customer=customer,
        purpose=purpose,
        channel=channel,
        **more,
    )
    events.consent_changed.send(sender=Consent, consent=said)
    return said
