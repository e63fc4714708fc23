"""What somebody has said about being written to, channel by channel, and changing it: the page of preferences."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers import consent, texts
from customers.consent import Standing
from customers.models import Consent, Customer, PhoneNumber, Suppression
from shop import pushing
from shop.newsletter import NEWS_WORDING

SMS_WORDING = gettext_lazy("Text me about new things and remind me of my cart; I can stop at any time.")
PUSH_WORDING = gettext_lazy("Show me news and reminders on my devices; I can stop at any time.")
WORDINGS = {Consent.Channel.EMAIL: NEWS_WORDING, Consent.Channel.SMS: SMS_WORDING, Consent.Channel.PUSH: PUSH_WORDING}
MARKETING = Consent.Purpose.MARKETING
Reason = Suppression.Reason
#: Why a yes is not taken here, though it was said.
REFUSALS = {
    Reason.BOUNCED: gettext_lazy("Letters to this address come back to us, so we send none. Give us another address."),
    Reason.COMPLAINED: gettext_lazy(
        "A letter of ours was reported as unwanted from here, so we send no more. Write to us if that was a mistake."
    ),
    Reason.BY_STAFF: gettext_lazy("We were asked to send nothing here. Write to us if that was a mistake."),
}
STATEMENTS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Choice:
    """One channel as the page shows it. `refusal` says why it cannot be chosen; then `is_on` is False."""

    channel: str
    label: str
    wording: str
    standing: Standing
    refusal: str = ""

    @property
    def is_on(self) -> bool:
        return self.standing.may_write

    @property
    def said(self) -> Consent | None:
        return self.standing.consent


def number_of(email: str) -> PhoneNumber | None:
    return PhoneNumber.objects.filter(email=consent.normal(email)).first()


def choices_of(email: str, number: PhoneNumber | None, has_devices: bool) -> list[Choice]:
    """The channels that this shop offers and this person can be reached by."""
    channels = [Consent.Channel.EMAIL]
    if texts.is_offered() and number and number.number:
        channels.append(Consent.Channel.SMS)
    if pushing.is_offered() and has_devices:
        channels.append(Consent.Channel.PUSH)
    return [_choice(email, channel) for channel in channels]


def _choice(email: str, channel: Consent.Channel) -> Choice:
    standing = consent.standing(email, channel=channel)
    return Choice(channel.value, str(channel.label), str(WORDINGS[channel]), standing, refusal_of(standing))


def refusal_of(standing: Standing) -> str:
    """Why a yes for this address would change nothing, as a sentence; empty where it would."""
    return str(REFUSALS.get(standing.suppression.reason, "")) if standing.suppression else ""


def statements_of(email: str) -> list[Consent]:
    """All that was said with this address, newest first, word for word."""
    return list(Consent.objects.filter(email=consent.normal(email)).order_by("-id")[:STATEMENTS_SHOWN])


def keep(email: str, choices: list[Choice], wanted: set[str], source: str, customer: Customer | None) -> list[str]:
    """Take what was chosen; returns sentences about what could not be."""
    refused = []
    for choice in choices:
        if choice.channel in wanted and choice.refusal:
            refused.append(choice.refusal)
        elif choice.channel in wanted and not choice.is_on:
            consent.grant(email, MARKETING, choice.channel, choice.wording, source, customer)
        elif choice.channel not in wanted and choice.is_on:
            consent.withdraw(email, source, customer=customer, channel=choice.channel)
    return refused


def masked(number: str) -> str:
    """Enough for its owner to know it: links are forwarded."""
    return _("number ending in %(digits)s") % {"digits": number[-3:]}
