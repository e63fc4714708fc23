"""Why somebody is in a flow, or is not: looked up by address."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from customers.consent import normal
from marketing.actions.enrolling import as_json
from marketing.experiments import is_held_out
from marketing.flows.definition import Definition
from marketing.flows.live import salt_of
from marketing.flows.triggers import Span
from marketing.models import Flow, Profile
from marketing.segments import explain, person_of

LOOKED_BACK = timedelta(days=30)
SHOWN = 20


def show(request: HttpRequest, model_admin, flow: Flow) -> HttpResponse:
    email = normal(request.GET.get("email", ""))[:254].replace("\0", "")
    profile = Profile.everyone.filter(email=email).select_related("merged_into").first() if email else None
    profile = (profile.merged_into or profile) if profile else None
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Why, and why not: %(name)s") % {"name": flow.name},
        "opts": model_admin.opts,
        "flow": flow,
        "email": email,
        "profile": profile,
        **(_found(flow, profile) if profile else {}),
    }
    return render(request, "office/flow/why.html", context)


def _found(flow: Flow, profile: Profile) -> dict:
    """Every way of the person through the flow; what would set it off; the conditions as they are now."""
    now = timezone.now()
    version = flow.newest
    definition = Definition.read(version.definition if version else flow.draft)
    rows = flow.enrolments.filter(profile=profile).select_related("version").prefetch_related("messages")[:SHOWN]
    known = {row.key for row in rows}
    trigger = definition.trigger
    span = Span(now - LOOKED_BACK, now, (profile.pk,))
    occasions = list(trigger.find(definition.values, span))[:SHOWN] if trigger else []
    conditions = None
    if definition.let_in and (person := person_of(definition.let_in, profile.pk, now)):
        conditions = as_json(explain(definition.let_in, person, now))
    return {
        "enrolments": rows,
        "fresh": [one for one in occasions if one.key not in known],
        "conditions": conditions,
        "is_held_out": is_held_out(salt_of(flow.pk), profile.pk, flow.holdout),
        "sets_off": trigger.words(definition.values) if trigger else "",
    }
