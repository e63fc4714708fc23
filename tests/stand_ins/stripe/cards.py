"""Test cards, with the numbers and the sentences Stripe uses for them."""

from typing import NamedTuple

VISA = "4242424242424242"
MASTERCARD = "5555555555554444"
DECLINED = "4000000000000002"
INSUFFICIENT_FUNDS = "4000000000009995"
EXPIRED = "4000000000000069"
# Not a card but a bank account: money that arrives days later.
SEPA = "AT611904300234573201"


class Decline(NamedTuple):
    """Why a bank says no."""

    code: str
    decline_code: str | None
    message: str


DECLINES = {
    DECLINED: Decline("card_declined", "generic_decline", "Your card was declined."),
    INSUFFICIENT_FUNDS: Decline("card_declined", "insufficient_funds", "Your card has insufficient funds."),
    EXPIRED: Decline("expired_card", None, "Your card has expired."),
}
UNKNOWN = Decline("incorrect_number", None, "Your card number is invalid.")
BRANDS = {VISA: "visa", MASTERCARD: "mastercard"}


def normal(number: str) -> str:
    """A number as people type it, without blanks and dashes."""
    return "".join(number.split()).replace("-", "").upper()


def is_known(number: str) -> bool:
    """True for a number this page can do something with."""
    return number in BRANDS or number in DECLINES or number == SEPA
