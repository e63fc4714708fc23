"""By e-mail, through the mail server of the shop."""

from dataclasses import dataclass

from customers import post_office
from customers.letters import Letter
from marketing.letters import leave_headers
from marketing.models import Message


@dataclass(frozen=True, slots=True)
class Parcel:
    letter: Letter
    to: str
    headers: dict[str, str]


def parcel(message: Message, letter: Letter) -> Parcel:
    headers = {"Message-ID": post_office.message_id("message", message.pk), **leave_headers(message)}
    return Parcel(letter, message.address, headers)


def hand_over(parcel: Parcel, line: post_office.Line | None = None) -> str:
    """By a line that is kept for many letters, if there is one."""
    return (line or post_office).hand_over(parcel.letter, parcel.to, parcel.headers)
