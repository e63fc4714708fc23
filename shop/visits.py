"""Counting that a product was looked at, without making anybody wait for it."""

import re
from functools import partial

from django.http import HttpRequest, HttpResponse

from marketing.actions import events
from marketing.models import Event

MACHINES = re.compile(
    r"bot|crawl|spider|slurp|preview|lighthouse|headless|monitor|facebookexternalhit|curl|wget|python|java/|go-http",
    re.IGNORECASE,
)


def count_view(request: HttpRequest, response: HttpResponse, product_id: int) -> None:
    """Write the view down once the answer has been sent: a long import must not delay a page.

    Nobody is named. Machines, pages fetched ahead, and a change of colour on the same page are not views.
    """
    if is_person(request) and "HX-Request" not in request.headers:
        # Django closes an answer after the server has sent it, and runs these then.
        response._resource_closers.append(partial(events.record, Event.Type.VIEWED, product_id=product_id))


def is_person(request: HttpRequest) -> bool:
    """As far as one can tell."""
    agent = request.headers.get("User-Agent", "")
    return request.method == "GET" and bool(agent) and not is_ahead(request) and not MACHINES.search(agent)


def is_ahead(request: HttpRequest) -> bool:
    """The browser fetches a page that nobody has asked for yet."""
    return "prefetch" in request.headers.get("Sec-Purpose", "")
