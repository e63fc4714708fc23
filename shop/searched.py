"""Counting searches and what they end on, once the answer has been sent. See `catalog.search.noting`."""

import atexit
from functools import partial
from urllib.parse import parse_qs, urlsplit

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from catalog.search import Found, noting
from catalog.search.find import Match
from catalog.tasks import note_searches
from shop.languages import without_prefix
from shop.visits import is_person

LONGEST_REFERRER = 1000


def note_search(request: HttpRequest, response: HttpResponse, found: Found, is_fresh: bool) -> HttpResponse:
    """Count a search when a person made it; turning pages and narrowing (`is_fresh` is false) are none."""
    if is_fresh and is_person(request) and "HX-Request" not in request.headers:
        told = (found.language, found.words, len(found.ids), found.match == Match.ALL)
        _afterwards(response, partial(noting.search, str(timezone.localdate()), *told))
    return response


def note_choice(request: HttpRequest, response: HttpResponse, product_id: int) -> None:
    """Count that a product was chosen, when the visitor comes from the results of a search."""
    words = _searched(request)
    if words and is_person(request) and "HX-Request" not in request.headers:
        _afterwards(response, partial(noting.choice, str(timezone.localdate()), get_language(), words, product_id))


def _afterwards(response: HttpResponse, note) -> None:
    def work() -> None:
        note()
        noting.hand_over(_ask_a_worker)

    # Django closes an answer after the server has sent it, and runs these then.
    response._resource_closers.append(work)


def _ask_a_worker(found: list, chosen: list) -> None:
    note_searches.apply_async([found, chosen], retry=False)


# What still waits when the process ends.
atexit.register(noting.hand_over, _ask_a_worker, now=True)


def _searched(request: HttpRequest) -> str:
    referrer = request.headers.get("Referer", "")
    if len(referrer) > LONGEST_REFERRER:
        return ""
    try:
        parts = urlsplit(referrer)
        asked = parse_qs(parts.query, max_num_fields=50)
    except ValueError:
        return ""
    is_ours = parts.netloc == request.get_host() and without_prefix(parts.path) == "/search/"
    return asked.get("q", [""])[0].replace("\x00", "") if is_ours else ""
