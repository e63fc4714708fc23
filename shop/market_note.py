"""In which market the visitor reads, noted in a signed cookie: while he types, nobody has to be asked for it.

To ask the account and the price lists costs three queries, and suggestions may cost three in all. A cookie and not a
cache, because without Redis every worker has a cache of its own. It says what the last page said, decides only what
suggestions show, and is worth nothing to another session or after another choice of currency.
"""

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from catalog import markets
from catalog.markets import Market

NAME = "__Host-market" if settings.HTTPS else "market"
# Seconds: as long as somebody may leave a page open before he types into it.
MAX_AGE = 3600


def read(request: HttpRequest, wish: str, max_age: int = MAX_AGE) -> Market | None:
    """His market; None where nothing was noted for this session and this wished currency, or longer ago."""
    try:
        return markets.of_key(request.get_signed_cookie(NAME, salt=_salt(request, wish), max_age=max_age))
    except (KeyError, BadSignature):
        return None


def write(request: HttpRequest, response: HttpResponse, wish: str, market: Market) -> None:
    """Note it; no new cookie while a young one says the same."""
    if read(request, wish, MAX_AGE // 2) != market:
        salt = _salt(request, wish)
        response.set_signed_cookie(
            NAME, market.key, salt=salt, max_age=MAX_AGE, secure=settings.HTTPS, httponly=True, samesite="Lax"
        )


def _salt(request: HttpRequest, wish: str) -> str:
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    return f"market-{salted_hmac('market', f'{session} {wish}').hexdigest()}"
