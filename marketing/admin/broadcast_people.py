"""The exact list of a broadcast: who gets it when, and who does not and why; before it is planned and afterwards."""

import csv
from collections.abc import Iterator

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from catalog.actions.importing.formulas import safe
from marketing.admin.broadcast_page import context_of
from marketing.broadcasts.audience import Audience, Place, cap_of
from marketing.models import Broadcast, Message, Profile
from marketing.queries.broadcasts import AT_ONCE, places
from marketing.queries.segments import people_of
from marketing.reasons import in_words

PER_PAGE = 50
HEAD = ["email", "name", "language", "planned_for", "variant", "state", "reason"]


def show(request: HttpRequest, model_admin, one: Broadcast) -> HttpResponse:
    """Found by the beginning of the address or a word of the name."""
    query = request.GET.get("q", "").replace("\0", "").strip()[:80]
    page, rows = (_planned if one.planned_up_to or one.is_over else _rehearsed)(one, query, request.GET.get("page"))
    context = {
        **context_of(request, model_admin, one, _("People")),
        "page": page,
        "rows": rows,
        "query": query,
        "is_rehearsed": not one.planned_up_to,
        "cap": cap_of(one),
    }
    return render(request, "office/broadcast/people.html", context)


def _rehearsed(one: Broadcast, query: str, number: str | None) -> tuple:
    people = people_of(one.segment).order_by("pk")
    if query:
        people = people.filter(Q(email__startswith=query.lower()) | Q(name__icontains=query))
    page = Paginator(people.values_list("pk", flat=True), PER_PAGE).get_page(number)
    return page, [_of_place(place) for place in _judged(one, list(page))]


def _judged(one: Broadcast, ids: list[int]) -> list[Place]:
    """These people as planning would decide; where pieces are short it matters who comes before them."""
    now, cap = timezone.now(), cap_of(one)
    if one.scheduled_at is None:
        return []
    if cap is None or one.segment.size > AT_ONCE:
        return list(Audience(one, now).judge(ids))
    wanted = set(ids)
    return [place for place in places(one, now) if place.profile.pk in wanted]


def _planned(one: Broadcast, query: str, number: str | None) -> tuple:
    rows = Message.objects.filter(broadcast=one).select_related("profile").order_by("pk")
    if query:
        rows = rows.filter(Q(address__startswith=query.lower()) | Q(profile__name__icontains=query))
    page = Paginator(rows, PER_PAGE).get_page(number)
    return page, [_of_message(message) for message in page]


def _of_place(place: Place) -> dict:
    why = in_words(place.left_out.value) if place.left_out else ""
    return {
        **_person(place.profile),
        "moment": place.moment,
        "arm": place.arm,
        "state": "",
        "why": why,
        "message": None,
    }


def _of_message(message: Message) -> dict:
    who = (
        _person(message.profile)
        if message.profile
        else {"email": message.address, "name": "", "language": message.language}
    )
    why = in_words(message.reason) if message.reason else ""
    state = message.get_status_display()
    return {**who, "moment": message.planned_for, "arm": message.arm, "state": state, "why": why, "message": message.pk}


def _person(profile: Profile) -> dict:
    return {"email": profile.email, "name": profile.name, "language": profile.language}


def as_file(one: Broadcast) -> StreamingHttpResponse:
    """Everybody; no spreadsheet takes a cell of it for a formula."""
    response = StreamingHttpResponse(_lines(one), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="broadcast-{one.pk}-{localdate():%Y-%m-%d}.csv"'
    return response


class _Echo:
    def write(self, line: str) -> str:
        return line


def _lines(one: Broadcast) -> Iterator[str]:
    yield "\ufeff"
    writer = csv.writer(_Echo())
    yield writer.writerow(HEAD)
    if one.planned_up_to or one.is_over:
        messages = Message.objects.filter(broadcast=one).select_related("profile").order_by("pk")
        rows = (_of_message(message) for message in messages.iterator(2000))
    else:
        rows = (_of_place(place) for place in (places(one, timezone.now()) if one.scheduled_at else []))
    for row in rows:
        moment = row["moment"].isoformat(timespec="minutes")
        facts = [row["email"], row["name"], row["language"], moment, row["arm"], row["state"], row["why"]]
        yield writer.writerow([safe(fact) for fact in facts])
