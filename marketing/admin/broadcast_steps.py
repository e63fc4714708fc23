"""Scheduling, holding, calling off: each is asked about on a page of its own that says what it means."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalog.moments import stamp
from marketing.actions import broadcasts
from marketing.models import Broadcast
from marketing.queries.broadcasts import outlook, promotions_of, results

Status = Broadcast.Status


@dataclass(frozen=True)
class Step:
    """`act` answers whether it was done."""

    act: Callable[[Broadcast, datetime], object]
    allowed: tuple[str, ...]
    title: object
    button: object
    done: object
    danger: bool = False


STEPS = {
    "schedule": Step(
        lambda one, now: broadcasts.schedule(one, now) or True,
        (Status.DRAFT,),
        gettext_lazy("Schedule it?"),
        gettext_lazy("Schedule it"),
        gettext_lazy("It is scheduled."),
    ),
    "take-back": Step(
        lambda one, now: broadcasts.take_back(one),
        (Status.SCHEDULED,),
        gettext_lazy("Make it a draft again?"),
        gettext_lazy("Make it a draft"),
        gettext_lazy("It is a draft again. Nothing goes out."),
    ),
    "pause": Step(
        lambda one, now: broadcasts.pause(one),
        (Status.SENDING,),
        gettext_lazy("Pause it?"),
        gettext_lazy("Pause it"),
        gettext_lazy("It is paused. Nothing more goes out."),
    ),
    "resume": Step(
        lambda one, now: broadcasts.resume(one),
        (Status.PAUSED,),
        gettext_lazy("Let it go on?"),
        gettext_lazy("Go on"),
        gettext_lazy("It goes on."),
    ),
    "call-off": Step(
        broadcasts.call_off,
        (Status.SCHEDULED, Status.PLANNING, Status.SENDING, Status.PAUSED),
        gettext_lazy("Call it off?"),
        gettext_lazy("Call it off for good"),
        gettext_lazy("It is called off. Nothing more goes out."),
        danger=True,
    ),
}


def take(request: HttpRequest, model_admin, one: Broadcast, name: str) -> HttpResponse:
    step = STEPS.get(name)
    if step is None:
        raise Http404
    back = reverse("admin:marketing_broadcast_change", args=[one.pk])
    if one.status not in step.allowed:
        messages.warning(request, _("Somebody else changed it meanwhile. Look again."))
    elif request.method != "POST":
        return render(request, "office/ask.html", _question(request, model_admin, one, name, back))
    else:
        _do(request, one, step)
    return redirect(back)


def copy(one: Broadcast, request: HttpRequest) -> int:
    """A new draft that says the same to the same people; when, is to be chosen."""
    draft = Broadcast(author=request.user, name=_("%(name)s (copy)") % {"name": one.name[:110]})
    for field in (
        "segment_id", "channel", "template_id", "rival_id", "rival_share", "timing", "deadline_hours", "throttle",
        "holdout", "product_id", "orders_in_hundred", "repeat_days",
    ):  # fmt: skip
        setattr(draft, field, getattr(one, field))
    draft.save()
    return draft.pk


def _do(request: HttpRequest, one: Broadcast, step: Step) -> None:
    try:
        done = step.act(one, timezone.now())
    except broadcasts.NotReady as refusal:
        for reason in refusal.reasons:
            messages.error(request, reason)
        return
    if done:
        messages.success(request, str(step.done))
    else:
        messages.warning(request, _("Somebody else changed it meanwhile. Look again."))


def _question(request: HttpRequest, model_admin, one: Broadcast, name: str, back: str) -> dict:
    step = STEPS[name]
    return {
        **model_admin.admin_site.each_context(request),
        "title": step.title,
        "subtitle": one.name,
        "opts": model_admin.opts,
        "sentence": _sentence(one, name),
        "detail": _detail(name),
        "notes": _cost(one) if name == "schedule" else [],
        "button": step.button,
        "danger": step.danger,
        "back": back,
    }


def _sentence(one: Broadcast, name: str) -> str:
    if name in ("schedule", "take-back"):
        number = outlook(one, timezone.now()).most
        words = ngettext(
            "“%(name)s” goes to %(number)s person of “%(segment)s” on %(when)s.",
            "“%(name)s” goes to %(number)s people of “%(segment)s” on %(when)s.",
            number,
        )
        told = {
            "name": one.name,
            "number": f"{number:,}",
            "segment": one.segment,
            "when": stamp(one.scheduled_at) or "–",
        }
        return words % told
    counted = results(one)
    words = ngettext(
        "%(sent)s of %(whole)s message has left.", "%(sent)s of %(whole)s messages have left.", counted.whole
    )
    return words % {"sent": f"{counted.sent:,}", "whole": f"{counted.whole:,}"}


def _detail(name: str) -> str:
    return {
        "schedule": _(
            "Who is in the segment then, and may be written to then, gets it. The letter stays as it is now."
        ),
        "take-back": _("Then it can be changed, and does not go out until it is scheduled again."),
        "pause": _(
            "What is being handed over this second still leaves. Whoever's time is over meanwhile gets nothing."
        ),
        "resume": _("Each rule is looked at anew for everybody who has not got it yet."),
        "call-off": _("Whoever has not got it yet gets nothing. This cannot be undone."),
    }[name]


def _cost(one: Broadcast) -> list[str]:
    """What it takes: letters, codes, and people who hear of nothing."""
    number = outlook(one, timezone.now()).most
    found = [ngettext("%(number)s message", "%(number)s messages", number) % {"number": f"{number:,}"}]
    for promotion in promotions_of(one):
        words = ngettext(
            "%(number)s code of “%(name)s”, for one use", "%(number)s codes of “%(name)s”, each for one use", number
        )
        found.append(words % {"number": f"{number:,}", "name": promotion.name})
    if one.holdout:
        found.append(
            _("%(percent)d %% of the people are held back, to tell what it achieves") % {"percent": one.holdout}
        )
    return found
