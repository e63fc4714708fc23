"""The gate: whom we may write to beyond his orders, and on what statement that rests."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from customers.models import Consent, Customer, Suppression

MARKETING, EMAIL = Consent.Purpose.MARKETING, Consent.Channel.EMAIL
LIFTED_BY_THE_PERSON = Suppression.Reason.UNSUBSCRIBED


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


def standing(email: str) -> Standing:
    email = normal(email)
    newest = Consent.objects.filter(email=email, purpose=MARKETING, channel=EMAIL).order_by("-id").first()
    return Standing(newest, Suppression.objects.filter(email=email).first())


def may_write(email: str) -> bool:
    """True when the newest statement for marketing by e-mail is a yes, and nothing forbids the address."""
    return standing(email).may_write


def may_answer(email: str, asked_at: datetime) -> bool:
    """Whether a letter that the person asked for at that moment may go out: no consent to marketing is needed.

    An address that bounced, complained or was barred by staff gets none; neither does one that left our list since.
    """
    bar = Suppression.objects.filter(email=normal(email)).first()
    return bar is None or (bar.reason == LIFTED_BY_THE_PERSON and bar.created_at < asked_at)


def ask(email: str, wording: str, source: str, customer: Customer | None = None) -> Consent:
    """Note that somebody typed this address. Nothing may be sent until the link in its mailbox is used.

    Whoever said yes before keeps that yes: a stranger typing the address must not take it away.
    """
    if (current := standing(email)).may_write:
        return current.consent
    return _state(email, Consent.Status.PENDING, wording, source, customer)


@transaction.atomic
def grant(
    email: str,
    purpose: str,
    channel: str,
    wording: str,
    source: str,
    customer: Customer | None = None,
) -> Consent:
    """Record a yes of the person. It lifts his own unsubscription, but no bounce, complaint or bar set by staff."""
    if (purpose, channel) == (MARKETING, EMAIL):
        Suppression.objects.filter(email=normal(email), reason=LIFTED_BY_THE_PERSON).delete()
    return _state(email, Consent.Status.GRANTED, wording, source, customer, purpose, channel)


@transaction.atomic
def withdraw(email: str, source: str, wording: str = "", customer: Customer | None = None) -> None:
    """Stop all marketing by e-mail to this address, from this moment and for what is planned already."""
    Suppression.objects.get_or_create(email=normal(email), defaults={"reason": Suppression.Reason.UNSUBSCRIBED})
    newest = standing(email).consent
    # A second click on the link writes no second row.
    if newest is None or newest.status != Consent.Status.WITHDRAWN:
        _state(email, Consent.Status.WITHDRAWN, wording, source, customer)


def suppress(email: str, reason: str) -> Suppression:
    """Bar an address: it bounced, complained, or staff decided so. A stronger reason replaces an unsubscription."""
    bar, _created = Suppression.objects.update_or_create(email=normal(email), defaults={"reason": reason})
    return bar


def _state(email, status, wording, source, customer, purpose=MARKETING, channel=EMAIL) -> Consent:
    return Consent.objects.create(
        email=normal(email),
        status=status,
        wording=wording,
        source=source,
        customer=customer,
        purpose=purpose,
        channel=channel,
    )
