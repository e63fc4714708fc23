"""Mailing gift cards on their day, each once."""

import logging
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localdate

from catalog.money import format_minor
from customers import mail
from orders.actions.credit.codes import code_of
from orders.models import CreditAccount

logger = logging.getLogger(__name__)
BATCH = 200


def send_due(now: datetime) -> int:
    """Mail the cards whose day has come; returns how many. One that fails does not stop the others."""
    due = CreditAccount.objects.filter(sent_at=None, is_blocked=False).exclude(email="")
    due = due.exclude(send_on__gt=localdate(now)).order_by("pk")
    sent = 0
    for pk in list(due.values_list("pk", flat=True)[:BATCH]):
        try:
            sent += send(pk, now)
        except Exception:
            logger.exception("Gift card %s could not be mailed", pk)
    return sent


@transaction.atomic
def send(pk: int, now: datetime) -> bool:
    """Write the letter of a card. False when it was written before."""
    if not CreditAccount.objects.filter(pk=pk, sent_at=None).update(sent_at=now):
        return False
    card = CreditAccount.objects.get(pk=pk)
    mail.write(f"gift-card:{card.pk}", card.email, card.language, "orders/gift-card", letter_of(card))
    return True


def send_once_more(card: CreditAccount, now: datetime) -> None:
    """Mail the code of a card again, because the letter was lost."""
    CreditAccount.objects.filter(pk=card.pk).update(sent_at=now)
    key = f"gift-card:{card.pk}:{now:%Y%m%d%H%M%S}"
    mail.write(key, card.email, card.language, "orders/gift-card", letter_of(card))


def letter_of(card: CreditAccount) -> dict:
    with translation.override(card.language):
        link = settings.SITE_URL + reverse("gift-cards")
        until = date_format(card.expires_on) if card.expires_on else ""
    return {
        "card": card,
        "code": code_of(card),
        "sum": format_minor(card.balance, card.currency, card.language),
        "until": until,
        "link": link,
    }
