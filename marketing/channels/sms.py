"""By text (SMS), through the carrier of the shop."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from customers import texts
from customers.letters import Letter, absolute
from customers.models import PhoneNumber
from customers.tokens import short_token
from marketing.models import Message
from marketing.words import CannotBeWritten

# What carriers take, in ten parts.
LONGEST = 1500


@dataclass(frozen=True, slots=True)
class Parcel:
    to: str
    words: str
    key: str


def parcel(message: Message, letter: Letter) -> Parcel:
    """To the number that the person has confirmed by now, with the way to stop. Raises CannotBeWritten."""
    email = message.profile.email if message.profile else ""
    number = PhoneNumber.objects.filter(email=email).exclude(number="").first()
    if number is None:
        raise CannotBeWritten(_("This person has no confirmed number."))
    if len(letter.text) > LONGEST:
        raise CannotBeWritten(_("This is too long for a text. Was a letter chosen in place of a text message?"))
    return Parcel(number.number, with_stop_line(letter.text, message.language, number.pk), f"message-{message.pk}")


def with_stop_line(words: str, language: str, number_pk: int) -> str:
    with translation.override(language):
        way = absolute(reverse("stop-texts", args=[short_token(number_pk)]))
        return f"{words.strip()}\n{_('Stop: %(link)s') % {'link': way}}"


def hand_over(parcel: Parcel) -> str:
    return texts.hand_over(parcel.to, parcel.words, parcel.key)
