"""The rehearsal of a flow: asked for, followed, and read. Nothing is sent."""

from datetime import date, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.moments import stamp
from catalog.money import Money
from marketing.actions import rehearsing
from marketing.flows.checks import stops
from marketing.flows.definition import Definition
from marketing.flows.rehearsal import days_between
from marketing.flows.triggers import Span
from marketing.models import Event, Flow, Profile, Rehearsal
from marketing.reasons import in_words

# In a larger shop a worker does it, and the page shows how far.
AT_ONCE = 50_000
DAYS = (30, 90, 180, 365)
HEIGHT = 100
# The page of one that is worked out looks again after so many seconds.
REFRESH = 3


def show(request: HttpRequest, model_admin, flow: Flow) -> HttpResponse:
    if request.method == "POST":
        return _begin(request, flow)
    known = flow.rehearsals.all()
    asked = request.GET.get("of", "")
    rehearsal = known.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 10 else known.first()
    definition = Definition.read(rehearsal.definition if rehearsal else flow.draft)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Rehearsal: %(name)s") % {"name": flow.name},
        "opts": model_admin.opts,
        "flow": flow,
        "rehearsal": rehearsal,
        "is_old": bool(rehearsal and rehearsal.definition != flow.draft),
        "earlier": known[:6],
        "choices": DAYS,
        **(_told(rehearsal, definition) if rehearsal and rehearsal.status == Rehearsal.Status.DONE else {}),
    }
    response = render(request, "office/flow/rehearsal.html", context)
    if rehearsal and rehearsal.status == Rehearsal.Status.RUNNING:
        response.headers["Refresh"] = str(REFRESH)
    return response


def _begin(request: HttpRequest, flow: Flow) -> HttpResponse:
    from marketing.tasks import rehearse_flow  # the tasks know the actions

    back = redirect("admin:marketing_flow_rehearse", flow.pk)
    if wrong := [one for one in stops(Definition.read(flow.draft)) if one.where == "trigger"]:
        messages.error(request, wrong[0].sentence)
        return back
    days = request.POST.get("days", "90")
    rehearsal = rehearsing.ask(
        flow, int(days) if days in {str(one) for one in DAYS} else 90, request.user, timezone.now()
    )
    if Event.objects.count() + Profile.objects.count() > AT_ONCE:
        rehearse_flow.delay(rehearsal.pk)
    else:
        rehearsing.work_out(rehearsal)
    return back


def _told(rehearsal: Rehearsal, definition: Definition) -> dict:
    result, language = rehearsal.result, get_language() or "en"
    money = lambda sums: [Money(amount, currency).format(language) for currency, amount in sums.items()]  # noqa: E731
    names = {step.id: f"{place}. {step.kind.label}" for place, step in enumerate(definition.walk(), 1)}
    days = list(days_between(Span(rehearsal.since, rehearsal.until)))
    most = max(result["days"].values(), default=0)
    return {
        "r": result,
        "steps": [(names.get(step, step), number) for step, number in sorted(result["steps"].items())],
        "left": [(in_words(reason), number) for reason, number in result["left"].items()],
        "turned_away": [(in_words(reason), number) for reason, number in result["turned_away"].items()],
        "unwelcome": sum(result["unwelcome"].values()),
        "revenue": money(result["revenue"]),
        "coupon_cost": money(result["coupon_cost"]),
        "bars": [_bar(place, day, result["days"].get(day, 0), most) for place, day in enumerate(days)],
        "width": max(1, len(days)) * 10,
        "most": most,
        "average": round(result["messages"] / max(1, len(days)), 1),
        "busy": sorted(result["days"].items(), key=lambda row: -row[1])[:5],
        "sample": [(email, _at(since), [_at(at) for at in times]) for email, since, times, _reason in result["sample"]],
        "overlap": [(name or _("broadcasts and others"), number) for name, number in result["overlap"].items()],
    }


def _at(text: str) -> str:
    return stamp(datetime.fromisoformat(text))


def _bar(place: int, day: str, number: int, most: int) -> dict:
    height = round(HEIGHT * number / most) if most else 0
    return {
        "x": place * 10, "y": HEIGHT - height, "height": height, "number": number, "day": date.fromisoformat(day),
    }  # fmt: skip
