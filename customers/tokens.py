"""Links that speak for one person and one thing, without signing in.

Each is signed and salted by its purpose: the link that leaves a list cannot join one.
"""

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import base36_to_int, int_to_base36

LEAVE = "leave"
CONFIRM = "confirm"
NOTICES = "notices"
PREFERENCES = "preferences"


class NotOurToken(ValueError):
    """The link was changed, cut, or made for something else."""


def token_for(email: str, purpose: str = LEAVE) -> str:
    """A token that never runs out: who wants to leave a list may do so years later."""
    return signing.dumps(email, salt=f"customers.{purpose}")


def email_from(token: str, purpose: str = LEAVE, max_age: int | None = None) -> str:
    """The address that the token was made for. Raises NotOurToken."""
    try:
        email = signing.loads(token, salt=f"customers.{purpose}", max_age=max_age)
    except (signing.BadSignature, ValueError, RecursionError):
        raise NotOurToken(token[:20]) from None
    if not isinstance(email, str):
        raise NotOurToken(token[:20])
    return email


def short_token(pk: int) -> str:
    """For a text, where each letter costs: it names the row of a number, and opens only what ends texts to it."""
    return f"{int_to_base36(pk)}-{_short_signature(pk)}"


def pk_from_short(token: str) -> int:
    """The row that the token was made for. Raises NotOurToken."""
    name, _dash, signature = token.partition("-")
    try:
        pk = base36_to_int(name)
    except ValueError:
        raise NotOurToken(token[:20]) from None
    if not constant_time_compare(signature, _short_signature(pk)):
        raise NotOurToken(token[:20])
    return pk


def _short_signature(pk: int) -> str:
    # 64 bits: nobody tries that many through a shop that counts tries.
    return salted_hmac("customers.short", str(pk), algorithm="sha256").hexdigest()[:16]
