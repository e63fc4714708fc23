"""Writing down how a visitor came, once he has his page."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from marketing import presence
from marketing.actions import visits
from shop import roads
from shop.visits import afterwards, is_person


def note_arrival(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A Touch for the first page of a visit from outside; pages of a walk through the shop leave none."""
    key = presence.current()
    is_page = response.status_code < 400 and "HX-Request" not in request.headers
    if key and is_page and is_person(request) and (road := roads.road_of(request)):
        afterwards(response, lambda: visits.arrive(key, road, timezone.now()))
    return response
