"""Flows: begun from a ready-made one or from nothing, put together, rehearsed, switched on; and who is on the way."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.admin import ModelAdmin
from unfold.decorators import display

from marketing.actions import flows
from marketing.admin import flow_editor, flow_rehearsal, flow_rule, flow_why
from marketing.flows import recipes
from marketing.flows.definition import Definition
from marketing.models import Enrolment, Flow, Message

COLOURS = {"live": "success", "paused": "warning", "draft": "info", "retired": "danger"}


@admin.register(Flow)
class FlowAdmin(ModelAdmin):
    """The list; a single flow opens in its editor. The only place where something is switched on."""

    list_display = ["name", "sets_off", "state", "on_the_way", "sent"]
    list_filter = ["status"]
    search_fields = ["name"]
    actions = None

    def get_queryset(self, request):
        waiting = Count("enrolments", filter=Q(enrolments__status=Enrolment.Status.WAITING), distinct=True)
        return super().get_queryset(request).annotate(waiting=waiting)

    @display(description=gettext_lazy("when"))
    def sets_off(self, flow: Flow) -> str:
        trigger = Definition.read(flow.draft).trigger
        return str(trigger.label) if trigger else "–"

    @display(description=gettext_lazy("state"), label=COLOURS, ordering="status")
    def state(self, flow: Flow) -> tuple[str, str]:
        return flow.status, flow.get_status_display()

    @display(description=gettext_lazy("on the way"), ordering="waiting")
    def on_the_way(self, flow: Flow) -> int:
        return flow.waiting

    @display(description=gettext_lazy("sent"))
    def sent(self, flow: Flow) -> int:
        return Message.objects.filter(flow=flow, status=Message.Status.HANDED_OVER).count()

    def has_delete_permission(self, request, obj=None) -> bool:
        """A draft that never wrote to anybody; everything else is retired."""
        is_fresh = obj is None or obj.status == Flow.Status.DRAFT and not obj.messages.exists()
        return is_fresh and super().has_delete_permission(request, obj)

    def get_urls(self) -> list:
        views = {
            "switch": self.switch, "publish": self.publish, "retire": self.retire, "copy": self.copy,
            "rehearse": self.rehearse, "why": self.why,
        }  # fmt: skip
        wrap = self.admin_site.admin_view
        return [
            *(path(f"<int:pk>/{name}/", wrap(view), name=f"marketing_flow_{name}") for name, view in views.items()),
            path("<int:pk>/rule/<slug:which>/", wrap(self.rule), name="marketing_flow_rule"),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None) -> HttpResponse:
        """A name, and what to start from; then the editor."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        name = request.POST.get("name", "").replace("\0", "").strip()[:120]
        recipe = recipes.RECIPES.get(request.POST.get("start", ""))
        if request.method == "POST":
            flow = recipes.begin(recipe) if recipe else Flow.objects.create(name=name or _("New flow"))
            if recipe and name:
                Flow.objects.filter(pk=flow.pk).update(name=name)
            return redirect("admin:marketing_flow_change", flow.pk)
        context = {**self._each(request, _("Add a flow")), "recipes": recipes.RECIPES.values()}
        return render(request, "office/flow/add.html", context)

    def change_view(self, request, object_id, form_url="", extra_context=None) -> HttpResponse:
        flow = self.get_object(request, object_id)
        if flow is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if request.method == "POST":
            self._allow(self.has_change_permission(request, flow) and flow.status != Flow.Status.RETIRED)
            return flow_editor.change(request, flow)
        self._allow(self.has_view_permission(request, flow))
        return flow_editor.show(request, self, flow)

    def rule(self, request: HttpRequest, pk: int, which: str) -> HttpResponse:
        return flow_rule.show(request, self, self._flow(request, pk), which)

    def rehearse(self, request: HttpRequest, pk: int) -> HttpResponse:
        return flow_rehearsal.show(request, self, self._flow(request, pk, self.has_view_permission))

    def why(self, request: HttpRequest, pk: int) -> HttpResponse:
        return flow_why.show(request, self, self._flow(request, pk, self.has_view_permission))

    def copy(self, request: HttpRequest, pk: int) -> HttpResponse:
        flow = self._flow(request, pk, self.has_add_permission)
        return redirect("admin:marketing_flow_change", flows.copy(flow).pk if request.method == "POST" else pk)

    def switch(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask first, then switch on or pause."""
        flow, now = self._flow(request, pk), timezone.now()
        if request.method != "POST":
            return self._ask(request, flow, **_switching(flow))
        if request.POST.get("now") not in (None, flow.status):
            messages.warning(request, _("Somebody else switched it meanwhile. Look again."))
        elif flow.is_live:
            flows.pause(flow, now)
            messages.success(request, _("The flow is paused. Nothing goes out."))
        elif self._ready(request, lambda: flows.switch_on(flow, now, request.user)):
            messages.success(request, _("The flow is live."))
        return redirect("admin:marketing_flow_change", pk)

    def publish(self, request: HttpRequest, pk: int) -> HttpResponse:
        flow = self._flow(request, pk)
        if request.method != "POST":
            sentence = _("Publish the working copy of “%(name)s”? Who is on the way finishes the version he began.")
            return self._ask(
                request, flow, title=_("Publish?"), sentence=sentence % {"name": flow.name}, button=_("Publish it")
            )
        if self._ready(request, lambda: flows.publish(flow, request.user, timezone.now())):
            messages.success(request, _("Version %(number)d is published.") % {"number": flow.newest.number})
        return redirect("admin:marketing_flow_change", pk)

    def retire(self, request: HttpRequest, pk: int) -> HttpResponse:
        flow = self._flow(request, pk)
        if request.method != "POST":
            waiting = flow.enrolments.filter(status=Enrolment.Status.WAITING).count()
            sentence = ngettext(
                "Retire “%(name)s” for good? %(number)d person on the way leaves it.",
                "Retire “%(name)s” for good? %(number)d people on the way leave it.",
                waiting,
            )
            told = {"name": flow.name, "number": waiting}
            return self._ask(request, flow, title=_("Retire?"), sentence=sentence % told, button=_("Retire it"))
        flows.retire(flow, timezone.now())
        messages.success(request, _("The flow is retired. Its numbers stay."))
        return redirect("admin:marketing_flow_change", pk)

    def _ready(self, request: HttpRequest, act) -> bool:
        try:
            act()
        except flows.NotReady as problem:
            messages.error(request, " ".join(dict.fromkeys(one.sentence for one in problem.findings)))
            return False
        return True

    def _ask(self, request: HttpRequest, flow: Flow, **question) -> HttpResponse:
        back = redirect("admin:marketing_flow_change", flow.pk).url
        return render(
            request, "staff/confirm.html", {**self._each(request, question["title"]), **question, "back": back}
        )

    def _each(self, request: HttpRequest, title: str) -> dict:
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts}

    def _flow(self, request: HttpRequest, pk: int, allowed=None) -> Flow:
        self._allow((allowed or self.has_change_permission)(request))
        return get_object_or_404(Flow, pk=pk)

    def _allow(self, may: bool) -> None:
        if not may:
            raise PermissionDenied


def _switching(flow: Flow) -> dict:
    """The question with the numbers that make it an informed one."""
    planned = Message.objects.filter(flow=flow, status=Message.Status.PLANNED).count()
    waiting = flow.enrolments.filter(status=Enrolment.Status.WAITING).count()
    hidden = {"now": flow.status}
    if flow.is_live:
        sentence = _("Pause “%(name)s”? %(people)d people on the way and %(planned)d planned messages then wait.")
        told = {"name": flow.name, "people": waiting, "planned": planned}
        return {"title": _("Pause?"), "sentence": sentence % told, "button": _("Pause it"), "hidden": hidden}
    rehearsal = flow.rehearsals.filter(status="done").first()
    if rehearsal:
        words = _("In the rehearsal it let %(people)d people in and wrote %(messages)d messages in %(days)d days.")
        days = (rehearsal.until - rehearsal.since).days
        said = words % {"people": rehearsal.result["entered"], "messages": rehearsal.result["messages"], "days": days}
    else:
        said = _("It was not rehearsed yet.")
    return {
        "title": _("Switch on?"), "sentence": _("Let “%(name)s” write?") % {"name": flow.name},
        "detail": f"{said} {_('Only people who agreed are written to.')}", "button": _("Switch it on"),
        "hidden": hidden,
    }  # fmt: skip
