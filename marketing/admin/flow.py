"""Flows: their words in three languages, when they write, what came of it, and the switch."""

import uuid
from dataclasses import replace

from django.conf import settings
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from customers import mail
from customers.admin.letters import letter_page
from customers.letters import Letter, absolute
from marketing.actions import flows
from marketing.admin.flow_form import LANGUAGES, FlowForm, fieldsets
from marketing.admin.message import in_words
from marketing.blocks import Content
from marketing.blocks.reader import sample
from marketing.blocks.rendering import letter_of
from marketing.letters import sample_values, values_for, write
from marketing.models import Flow, Message
from marketing.queries.flow_numbers import numbers_of
from marketing.queries.left_carts import left_behind, with_contents
from marketing.words import CannotBeWritten


@admin.register(Flow)
class FlowAdmin(ModelAdmin):
    """What is written to people, and the only place where it is switched on."""

    form = FlowForm
    list_display = ["name", "trigger", "state", "sent", "updated_at"]
    actions = None
    warn_unsaved_form = True
    readonly_fields = ["status", "numbers", "live_since"]
    actions_detail = ["preview", "switch"]
    fieldsets = [
        (None, {"fields": ["name", "trigger", "status", "live_since"]}),
        (gettext_lazy("When"), {"fields": ["delay_minutes", "deadline_hours", "cooldown_days"]}),
        (gettext_lazy("Letter"), {"fields": ["template"]}),
        (gettext_lazy("What came of it"), {"fields": ["numbers"]}),
        *fieldsets(),
    ]

    def has_add_permission(self, request) -> bool:
        return super().has_add_permission(request) and Flow.objects.count() < len(Flow.Trigger.choices)

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    @display(description=gettext_lazy("state"), label={"live": "success", "paused": "warning", "draft": "info"})
    def state(self, flow: Flow) -> tuple[str, str]:
        return flow.status, flow.get_status_display()

    @display(description=gettext_lazy("sent"))
    def sent(self, flow: Flow) -> int:
        return numbers_of(flow).sent

    @display(description=gettext_lazy("numbers"))
    def numbers(self, flow: Flow) -> SafeString:
        counted = numbers_of(flow)
        states = [(code, label, counted.by_status.get(code, 0)) for code, label in Message.Status.choices]
        reasons = [(code, in_words(code), number) for code, number in counted.by_reason.items()]
        return render_to_string("staff/flow-numbers.html", {"n": counted, "states": states, "reasons": reasons})

    @action(description=gettext_lazy("Preview and test"), url_path="preview", permissions=["view"])
    def preview(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The letter in each language, side by side; a POST sends it to the reader."""
        flow = get_object_or_404(Flow, pk=object_id)
        language = request.GET.get("language", settings.LANGUAGE_CODE)
        if language not in LANGUAGES:
            raise Http404
        try:
            letter = self._letter(flow, language)
        except CannotBeWritten as error:
            messages.error(request, str(error))
            return redirect("admin:marketing_flow_change", flow.pk)
        if request.GET.get("part") == "html":
            return letter_page(letter.html)
        if request.method == "POST":
            mail.queue(f"test:{flow.pk}:{uuid.uuid4()}", request.user.email, letter)
            messages.success(request, _("A test is on its way to %(email)s.") % {"email": request.user.email})
            return redirect(request.get_full_path())
        context = {
            **self.admin_site.each_context(request),
            "title": _("Preview: %(name)s") % {"name": flow.name},
            "opts": self.opts,
            "letter": letter,
            "language": language,
            "languages": LANGUAGES.items(),
        }
        return render(request, "staff/flow-preview.html", context)

    @action(description=gettext_lazy("Switch on or pause…"), url_path="switch", permissions=["change"])
    def switch(self, request: HttpRequest, object_id: str) -> HttpResponse:
        flow = get_object_or_404(Flow, pk=object_id)
        back = redirect("admin:marketing_flow_change", flow.pk)
        if request.method != "POST":
            return render(request, "staff/confirm.html", {**self._question(request, flow), "back": back.url})
        if request.POST.get("now") not in (None, flow.status):
            messages.warning(request, _("Somebody else switched it meanwhile. Look again."))
        elif flow.is_live:
            flows.pause(flow)
            messages.success(request, _("The flow is paused. Nothing goes out."))
        else:
            self._switch_on(request, flow)
        return back

    def _switch_on(self, request: HttpRequest, flow: Flow) -> None:
        try:
            flows.switch_on(flow, timezone.now())
        except CannotBeWritten as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The flow is live."))

    def _question(self, request: HttpRequest, flow: Flow) -> dict:
        """The question with the numbers that make it an informed one."""
        planned = Message.objects.filter(flow=flow, status=Message.Status.PLANNED).count()
        waiting = left_behind(with_contents(), timezone.now()).filter(
            active_at__gte=timezone.now() - flow.deadline, reminder=None
        )
        if flow.is_live:
            sentence = _("Pause “%(name)s”? %(planned)d planned messages then wait, and are dropped when too late.")
        else:
            sentence = _("Let “%(name)s” write? %(carts)d carts were left behind lately and not written to yet.")
        return {
            **self.admin_site.each_context(request),
            "title": _("Pause?") if flow.is_live else _("Switch on?"),
            "opts": self.opts,
            "sentence": sentence % {"name": flow.name, "planned": planned, "carts": waiting.count()},
            "detail": _("Only people who agreed are written to, once per cart."),
            "button": _("Pause it") if flow.is_live else _("Switch it on"),
            "hidden": {"now": flow.status},
        }

    def _letter(self, flow: Flow, language: str) -> Letter:
        """With the newest cart that was left behind, or with a sample."""
        cart = left_behind(with_contents(), timezone.now()).order_by("-active_at").first()
        values = values_for(cart, "Ada", language, absolute("/cart/")) if cart else sample_values()
        if not values["items"]:
            values = sample_values()
        if version := flow.template and flow.template.newest:
            reader = replace(sample(language), values=values)
            return letter_of(Content.read(version.content), reader, absolute("/newsletter/"), timezone.now())
        return write(flow, values, language, absolute("/newsletter/"))
