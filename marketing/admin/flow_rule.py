"""The rule of a flow on a page of its own: who is let in, who leaves, or which way a split sends people."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketing.actions import flows
from marketing.admin import flow_draft, segment_draft
from marketing.admin.segment_page import sections
from marketing.flows.definition import RULES
from marketing.flows.steps import STEPS
from marketing.models import Flow
from marketing.segments import Unfit, check, write

BACK = "admin:marketing_flow_change"


def show(request: HttpRequest, model_admin, flow: Flow, which: str) -> HttpResponse:
    """The page; a POST presses one of its buttons. An empty rule that is kept takes the rule away."""
    draft = flow_draft.of_flow(flow.draft)
    holder, name, title = _holder(draft, which)
    rule = segment_draft.read(request.POST) if request.method == "POST" else segment_draft.of_rule(holder.get(name))
    button = request.POST.get("do", "")
    segment_draft.press(rule, button, request.POST)
    faults = []
    if button == "save":
        try:
            holder[name] = write(check(rule)) if rule["parts"] else {}
            flows.keep(flow, draft, _seen(request))
            return redirect(BACK, flow.pk)
        except Unfit as unfit:
            faults = unfit.faults
            messages.error(request, _("The rule is not kept yet: see what is said at its conditions."))
        except flows.ChangedMeanwhile:
            messages.error(request, _("Somebody else changed this flow meanwhile. Look again."))
            return redirect(BACK, flow.pk)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "opts": model_admin.opts,
        "flow": flow,
        "edition": _seen(request) if request.method == "POST" else flow.edition,
        "root": segment_draft.rows(rule, faults),
        "sections": sections(),
    }
    return render(request, "office/flow/rule.html", context)


def _holder(draft: dict, which: str) -> tuple[dict, str, str]:
    """Where the rule lies, by which name, and what the page is called. Raises Http404."""
    if which in RULES:
        return draft, which, {"conditions": _("Who is let in"), "exit": _("Who leaves")}[which]
    step = flow_draft.find(draft["steps"], which)
    if step is None or not STEPS[step["kind"]].has_rule:
        raise Http404
    return step, "rule", _("Who takes the first way")


def _seen(request: HttpRequest) -> int:
    seen = request.POST.get("edition", "")
    return int(seen) if seen.isdecimal() and len(seen) < 10 else -1
