"""What this visitor searched for and looked at lately: shown to him alone, and gone when he says so.

A guest's searches lie in a cookie; a customer's on every device, with the cookie as a copy that costs no query while
somebody types. What was looked at lies in a cookie only.
"""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from catalog.queries.lists.rows import cards_of
from catalog.search import Found, noting
from catalog.search.analysis import fold
from customers.actions import recent_searches
from shop.pockets import SEARCHES, VIEWED
from shop.visits import is_ahead

VIEWED_SHOWN = 4


def remember_search(request: HttpRequest, response: HttpResponse, found: Found) -> None:
    """Keep words that found something; those that had better not be kept are not."""
    words = " ".join(found.words.split())
    if not found.ids or not noting.said(words) or len(words) > SEARCHES.longest or is_ahead(request):
        return
    SEARCHES.add(request, response, words)
    if request.user.is_authenticated:
        # After the answer has been sent: see `shop.visits`. Once this device is full there may be something to trim.
        is_full = len(SEARCHES.read(request)) >= SEARCHES.at_most
        keep = partial(recent_searches.keep, request.user, words, timezone.now(), trim=is_full)
        response._resource_closers.append(keep)


def searches_of(request: HttpRequest) -> list[str]:
    """All of them, the newest first: a customer's from every device, with one query."""
    if not request.user.is_authenticated:
        return SEARCHES.read(request)
    return list(dict.fromkeys([*recent_searches.of(request.user), *SEARCHES.read(request)]))[: SEARCHES.at_most]


def searches_like(request: HttpRequest, typed: str) -> list[str]:
    """Those of this device that begin like what is being typed; no query."""
    start = fold(typed)
    return [words for words in SEARCHES.read(request) if fold(words).startswith(start) and fold(words) != start]


def forget_searches(request: HttpRequest, response: HttpResponse) -> None:
    """Drop all of them, here and on every device."""
    SEARCHES.empty(response)
    if request.user.is_authenticated:
        recent_searches.forget(request.user)


def remember_product(request: HttpRequest, response: HttpResponse, product_id: int) -> None:
    """Keep that this product was looked at."""
    if not is_ahead(request) and "HX-Request" not in request.headers:
        VIEWED.add(request, response, str(product_id))


def viewed(request: HttpRequest, language: str, but: int | None = None) -> list:
    """Cards of what was looked at, without this one; no query when nothing was."""
    ids = [int(text) for text in VIEWED.read(request) if text.isascii() and text.isdigit()]
    return cards_of([pk for pk in ids if pk != but][:VIEWED_SHOWN], language)
