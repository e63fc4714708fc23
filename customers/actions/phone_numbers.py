"""Giving a number for texts: it counts once the code that was sent to it is typed."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from customers import consent, texting
from customers.models import Consent, Customer, PhoneNumber, ShopDetails

VALID_FOR = timedelta(minutes=30)
NEXT_CODE_AFTER = timedelta(minutes=1)
MOST_TRIES = 5
MARKETING, SMS = Consent.Purpose.MARKETING, Consent.Channel.SMS


class TooSoon(Exception):
    """A code was sent to this person a moment ago."""


class WrongCode(Exception):
    """The code is not the one that was sent, too old, or was tried too often."""


@transaction.atomic
def ask(email: str, number: str, language: str, wording: str, source: str, now: datetime) -> None:
    """Send a code to that number (E.164). Nothing may be sent there yet, and what was confirmed stays. Raises TooSoon.

    The same person, and the same number whoever typed it, gets one code a minute.
    """
    email = consent.normal(email)
    row = _locked(email)
    lately = PhoneNumber.objects.filter(asked=number, asked_at__gt=now - NEXT_CODE_AFTER)
    if lately.exists() or (row.asked_at and row.asked_at > now - NEXT_CODE_AFTER):
        raise TooSoon
    code = f"{secrets.randbelow(1_000_000):06}"
    row.asked, row.asked_at, row.tries, row.wording = number, now, 0, wording
    row.code_hash = _hash(email, number, code)
    row.save()
    consent.ask(email, wording, source, channel=SMS)
    words = _("%(code)s is your code for texts from %(shop)s. If you did not ask for it, do nothing.")
    words %= {"code": code, "shop": ShopDetails.current().name[:40]}
    texting.write(f"number:{row.pk}:{now:%Y%m%d%H%M%S}", number, language, words, now)


def confirm(email: str, code: str, source: str, now: datetime, customer: Customer | None = None) -> PhoneNumber:
    """The owner of the number typed the code: that is his yes. Raises WrongCode; each try counts."""
    found = _try(consent.normal(email), code, source, now, customer)
    if found is None:
        raise WrongCode
    return found


@transaction.atomic
def _try(email: str, code: str, source: str, now: datetime, customer: Customer | None) -> PhoneNumber | None:
    row = _locked(email)
    if not row.asked or row.asked_at < now - VALID_FOR or row.tries >= MOST_TRIES:
        return None
    if not constant_time_compare(row.code_hash, _hash(email, row.asked, code.strip())):
        row.tries += 1
        row.save(update_fields=["tries"])
        return None
    wording = row.wording
    row.number, row.confirmed_at, row.asked, row.code_hash, row.wording = row.asked, now, "", "", ""
    row.save()
    consent.grant(email, MARKETING, SMS, wording, source, customer)
    return row


@transaction.atomic
def forget(email: str, source: str) -> None:
    """Drop the number of this person; his yes to texts ends with it."""
    email = consent.normal(email)
    if consent.standing(email, channel=SMS).consent:
        consent.withdraw(email, source, channel=SMS)
    PhoneNumber.objects.filter(email=email).delete()


@transaction.atomic
def stop(number: str, source: str, wording: str = "") -> int:
    """Somebody answered STOP from that number: everybody who gave it gets no more texts; says how many."""
    emails = list(PhoneNumber.objects.select_for_update().filter(number=number).values_list("email", flat=True))
    for email in emails:
        consent.withdraw(email, source, wording, channel=SMS)
    return len(emails)


def _locked(email: str) -> PhoneNumber:
    PhoneNumber.objects.get_or_create(email=email)
    return PhoneNumber.objects.select_for_update().get(email=email)


def _hash(email: str, number: str, code: str) -> str:
    return salted_hmac("customers.phone_number", f"{email} {number} {code}", algorithm="sha256").hexdigest()
