"""Asking to be told, confirming it, changing one's mind. What is sent, and to how many, is decided in `releasing`."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from catalog.markets import Market
from catalog.models import Variant
from customers import consent
from customers.models import Customer
from marketing import notice_letters
from marketing.actions.events import record
from marketing.models import Event, Notice

Status = Notice.Status
#: An address that nobody confirms is forgotten; a wish that nothing fulfilled for so long, too.
CONFIRM_WITHIN = timedelta(days=7)
KEPT_FOR = timedelta(days=365)
#: So many letters that ask for a confirmation one address gets in a day, whoever types it.
LETTERS_A_DAY = 5


def ask(
    kind: str,
    variant: Variant,
    email: str,
    language: str,
    market: Market,
    seen_price: int,
    now: datetime,
    customer: Customer | None = None,
    is_proven: bool = False,
) -> Notice | None:
    """Write down who wants to be told what; asking twice changes nothing.

    With a proven address it waits at once; else a letter asks for the confirmation. None when the address is barred,
    or got too many such letters today: the page says the same, so that nobody learns about others.
    """
    email = consent.normal(email)
    if not consent.may_answer(email, now):
        return None
    try:
        with transaction.atomic():
            notice, created = Notice.objects.get_or_create(
                email=email,
                variant=variant,
                kind=kind,
                status__in=Notice.OPEN,
                defaults={
                    "language": language,
                    "market": market.key,
                    "seen_price": seen_price,
                    "customer": customer,
                    "created_at": now,
                    "status": Status.UNCONFIRMED,
                },
            )
    except IntegrityError:
        # Two presses of the button at once: the other one wrote it.
        notice = Notice.objects.filter(email=email, variant=variant, kind=kind, status__in=Notice.OPEN).first()
        created = False
    if notice is None or notice.status == Status.WAITING:
        return notice
    if is_proven:
        confirm(notice, now, customer)
    elif not _wrote_enough(email, now, notice if created else None):
        notice_letters.ask_to_confirm(notice, now)
    return notice


def _wrote_enough(email: str, now: datetime, new: Notice | None) -> bool:
    asked = Notice.objects.filter(email=email, status=Status.UNCONFIRMED, created_at__gt=now - timedelta(days=1))
    return asked.exclude(pk=new.pk if new else None).count() >= LETTERS_A_DAY


@transaction.atomic
def confirm(notice: Notice, now: datetime, customer: Customer | None = None) -> bool:
    """The mailbox is theirs: the wish takes its turn. False when it was confirmed, fulfilled or cancelled before."""
    changes = {"status": Status.WAITING, "confirmed_at": now} | ({"customer": customer} if customer else {})
    confirmed = Notice.objects.filter(pk=notice.pk, status=Status.UNCONFIRMED).update(**changes)
    if confirmed:
        notice.refresh_from_db()
        facts = {"email": notice.email, "product_id": notice.variant.product_id, "text": notice.kind}
        record(Event.Type.WAITS, f"waits:{notice.pk}", occurred_at=now, **facts)
    return bool(confirmed)


def cancel(notices, reason: str = "by_person") -> int:
    """End the open ones of these (a query of notices); returns how many were open."""
    return notices.filter(status__in=Notice.OPEN).update(status=Status.CANCELLED, reason=reason)


def forget_old(now: datetime) -> int:
    """Delete what was never confirmed, and end what waited for a year; returns how many."""
    stale = Notice.objects.filter(status=Status.UNCONFIRMED, created_at__lt=now - CONFIRM_WITHIN)
    old = Notice.objects.filter(status=Status.WAITING, confirmed_at__lt=now - KEPT_FOR)
    return stale.delete()[0] + cancel(old, "too_old")
