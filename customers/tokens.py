"""Links that speak for one person and one thing, without signing in.

Each is signed and salted by its purpose: the link that leaves a list cannot join one.
"""

from django.core import signing

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
