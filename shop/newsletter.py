"""Joining the list takes two steps: an address typed here, and a link pressed in its mailbox."""

import hashlib

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from customers import consent, mail
from customers.letters import absolute
from customers.models import Consent, Customer
from customers.tokens import CONFIRM, token_for
from shop import limits

#: The one sentence that people agree to, wherever they are asked; stored word for word with the consent.
NEWS_WORDING = _("Write to me about new things and remind me of my cart; I can leave at any time.")
CONFIRM_WITHIN = 30 * 24 * 3600
TRIES_PER_HOUR = 20


def wording() -> str:
    """The sentence that is agreed to, in the language in which it was read; it is kept with the consent."""
    return str(NEWS_WORDING)


def take_yes(request: HttpRequest, email: str, said: str, source: str, customer: Customer | None = None) -> None:
    """Record a yes that was ticked on a page.

    Who has left the list is only asked, by a letter to his own mailbox: anybody can type his address.
    """
    proven = customer is not None and reads_post_of(customer, email)
    if consent.standing(email).suppression and not proven:
        invite(request, email)
    else:
        consent.grant(email, Consent.Purpose.MARKETING, Consent.Channel.EMAIL, said, source, customer=customer)


def reads_post_of(customer: Customer, email: str) -> bool:
    """Whether the customer has proven that this mailbox is his."""
    return EmailAddress.objects.filter(user=customer, email__iexact=email, verified=True).exists()


def invite(request: HttpRequest, email: str) -> bool:
    """Send the link that joins the list; False when too many were asked for from here.

    The page says the same whether the address is on the list, barred, or new: it tells nobody about others.
    """
    if not limits.within("newsletter", get_adapter().get_client_ip(request), TRIES_PER_HOUR, 3600):
        return False
    email = consent.normal(email)
    standing = consent.standing(email)
    if standing.may_write or (standing.suppression and standing.suppression.reason != "unsubscribed"):
        return True
    consent.ask(email, wording(), "newsletter")
    link = absolute(reverse("newsletter") + "?confirm=" + token_for(email, CONFIRM))
    # One letter a day, whoever types the address however often.
    person = hashlib.sha256(email.encode()).hexdigest()[:32]
    key = f"newsletter:{person}:{timezone.now():%Y-%m-%d}"
    mail.write(key, email, get_language() or "en", "account/newsletter", {"link": link, "wording": wording()})
    return True
