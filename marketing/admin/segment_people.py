"""Who is in a segment, why somebody is or is not, the list as a file, and the list frozen."""

import csv
from collections.abc import Iterator
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import OuterRef, Q, Subquery
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from catalog.actions.importing.formulas import safe
from catalog.moments import day
from customers.consent import normal
from marketing.actions import segments as desk
from marketing.models import Profile, Segment, SegmentMembership
from marketing.queries.segments import people_of
from marketing.segments import Unfit, explain, person_of, read

PER_PAGE = 50
# Seconds after which the page of a segment that is being worked out asks again.
REFRESH = 3
HEAD = ["email", "name", "language", "country", "stage", "in_since"]


def show(request, model_admin, segment: Segment):
    """The people, found by the beginning of the address or a word of the name."""
    query = request.GET.get("q", "").replace("\0", "").strip()[:80]
    since = SegmentMembership.objects.filter(profile=OuterRef("pk"), segment=segment, until=None).values("since")[:1]
    people = people_of(segment).annotate(in_since=Subquery(since))
    if query:
        people = people.filter(Q(email__startswith=query.lower()) | Q(name__icontains=query))
    page = Paginator(people, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **_context(request, model_admin, segment, _("People")),
        "page": page,
        "query": query,
        "lately": _lately(segment),
    }
    response = render(request, "office/segment/people.html", context)
    if segment.to_do:
        response.headers["Refresh"] = str(REFRESH)
    return response


def why(request, model_admin, segment: Segment):
    """The rule with what was seen of one person, who is in it or is not."""
    email = normal(request.GET.get("email", "").replace("\0", ""))[:254]
    profile = Profile.objects.filter(email=email).first() if email else None
    now = timezone.now()
    try:
        rule = read(segment.rule)
    except Unfit:
        rule = None
    person = person_of(rule, profile.pk, now) if rule and profile else None
    context = {
        **_context(request, model_admin, segment, _("Why somebody is in it")),
        "email": email,
        "profile": profile,
        "verdict": explain(rule, person, now) if person else None,
        "history": SegmentMembership.objects.filter(segment=segment, profile=profile)[:10] if profile else [],
    }
    return render(request, "office/segment/why.html", context)


def _context(request, model_admin, segment: Segment, title: str) -> dict:
    return {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "opts": model_admin.opts,
        "segment": segment,
        "may_change": model_admin.has_change_permission(request),
    }


def _lately(segment: Segment) -> tuple[int, int]:
    """How many joined and left in the last seven days."""
    week = timezone.now() - timezone.timedelta(days=7)
    rows = SegmentMembership.objects.filter(segment=segment).order_by()
    return rows.filter(since__gte=week).count(), rows.filter(until__gte=week).count()


def as_file(segment: Segment) -> StreamingHttpResponse:
    """Everybody in it; no spreadsheet takes a cell of it for a formula."""
    response = StreamingHttpResponse(_lines(segment), content_type="text/csv; charset=utf-8")
    name = f"segment-{segment.slug}-{localdate():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class _Echo:
    def write(self, line: str) -> str:
        return line


def _lines(segment: Segment) -> Iterator[str]:
    yield "\ufeff"
    writer = csv.writer(_Echo())
    yield writer.writerow(HEAD)
    inside = SegmentMembership.objects.filter(segment=segment, until=None).order_by("pk")
    told = inside.values_list(
        "profile__email", "profile__name", "profile__language", "profile__country", "profile__stage", "since"
    )
    for *facts, since in told.iterator(2000):
        yield writer.writerow([safe(fact) for fact in (*facts, _iso(since))])


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def freeze(request, model_admin, segment: Segment):
    """Asks for a name first; a POST makes the list."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    name = request.POST.get("name", "").replace("\0", "").strip()[:120]
    if request.method == "POST" and name:
        frozen = desk.freeze(segment, name, timezone.now())
        messages.success(
            request, _("The list is kept with %(number)d people, and stays as it is.") % {"number": frozen.size}
        )
        return redirect("admin:marketing_segment_people", frozen.pk)
    context = {
        **_context(request, model_admin, segment, _("Freeze the list")),
        "suggested": f"{segment.name} · {day(localdate())}"[:120],
        "back": reverse("admin:marketing_segment_people", args=[segment.pk]),
    }
    return render(request, "office/segment/freeze.html", context)


def segment_or_404(pk: int) -> Segment:
    return get_object_or_404(Segment, pk=pk)
