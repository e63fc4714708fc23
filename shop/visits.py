"""Writing down what people look at, without making anybody wait for it."""

import logging
import re
from collections.abc import Callable
from functools import partial

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from catalog.search import noting
from marketing import presence
from marketing.actions import events, visits
from marketing.models import Event

logger = logging.getLogger(__name__)

MACHINES = re.compile(
    r"bot|crawl|spider|slurp|preview|lighthouse|headless|monitor|facebookexternalhit|curl|wget|python|java/|go-http",
    re.IGNORECASE,
)


def count_view(request: HttpRequest, response: HttpResponse, product_id: int) -> None:
    """A product was looked at; a change of colour on the same page is no look."""
    if "HX-Request" not in request.headers:
        note(request, response, Event.Type.VIEWED, product_id=product_id)


def note(request: HttpRequest, response: HttpResponse, type: str, **facts) -> None:
    """Write a look down once the answer has been sent: a long import must not delay a page.

    Nobody is named who has not agreed to it. Machines and pages fetched ahead are left out.
    """
    if is_person(request):
        afterwards(response, partial(_look, type, presence.current(), facts))


def _look(type: str, visitor, facts: dict) -> None:
    events.record(type, visitor=visitor, **facts)
    if visitor:
        visits.follow(visitor, [type], timezone.now())


def follow(response: HttpResponse, *types: str) -> None:
    """What was written within the answer (a piece in the cart) leads the visitor on, once the answer has been sent."""
    if visitor := presence.current():
        afterwards(response, lambda: visits.follow(visitor, list(types), timezone.now()))


def afterwards(response: HttpResponse, work: Callable[[], object]) -> None:
    """Django closes an answer after the server has sent it, and runs these then. What goes wrong spoils no page."""

    def safely() -> None:
        try:
            work()
        except DatabaseError:
            # A product or a visitor was deleted in this very moment.
            logger.warning("What a visitor did was not written down", exc_info=True)

    response._resource_closers.append(safely)


def searched(words: str) -> str:
    """The words of a search as they may be kept: nothing where they may name a person."""
    return noting.said(words)


def is_person(request: HttpRequest) -> bool:
    """As far as one can tell."""
    return request.method == "GET" and not is_ahead(request) and not is_machine(request)


def is_machine(request: HttpRequest) -> bool:
    agent = request.headers.get("User-Agent", "")
    return not agent or bool(MACHINES.search(agent))


def is_ahead(request: HttpRequest) -> bool:
    """The browser fetches a page that nobody has asked for yet."""
    return "prefetch" in request.headers.get("Sec-Purpose", "")
