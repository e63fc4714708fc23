"""Who is in the shop while a request is answered: the visitor's key, if he agreed to be recognised; else nobody.

The counter says it when a request begins. A fact that is written meanwhile, on whatever floor it happens, is then his.
"""

from contextvars import ContextVar, Token
from uuid import UUID

_present: ContextVar[UUID | None] = ContextVar("visitor", default=None)


def current() -> UUID | None:
    return _present.get()


def arrive(key: UUID | None) -> Token:
    return _present.set(key)


def leave(token: Token) -> None:
    _present.reset(token)
