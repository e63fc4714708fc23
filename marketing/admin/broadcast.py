"""Broadcasts: a form for what it is, a page for what it does, and every press asked about before it is done."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from catalog.moments import stamp
from customers.admin.day_range import by_day
from marketing.admin import broadcast_calendar, broadcast_page, broadcast_people, broadcast_steps
from marketing.channels import is_set_up
from marketing.models import Broadcast, Template

COLOURS = {
    "draft": "info",
    "scheduled": "primary",
    "planning": "primary",
    "sending": "primary",
    "paused": "warning",
    "done": "success",
    "cancelled": "info",
    "missed": "danger",
}


@admin.register(Broadcast)
class BroadcastAdmin(ModelAdmin):
    """A draft can be changed; from the moment it is scheduled it is only steered."""

    list_display = ["called", "state", "moment", "again"]
    list_display_links = ["called"]
    list_filter = ["status", "channel", "timing", by_day("scheduled_at")]
    list_filter_submit = True
    list_select_related = ["segment"]
    search_fields = ["name", "segment__name"]
    search_help_text = gettext_lazy("Name or segment")
    list_per_page = 50
    actions = None
    warn_unsaved_form = True
    autocomplete_fields = ["product"]
    actions_list = ["to_calendar"]
    fieldsets = [
        (None, {"fields": ["name", "segment", "channel", "template"]}),
        (
            gettext_lazy("When"),
            {"fields": ["scheduled_at", "timing", "deadline_hours", "repeat_days", "throttle"]},
        ),
        (gettext_lazy("Who gets nothing"), {"fields": ["holdout"]}),
        (gettext_lazy("Two letters compared"), {"fields": ["rival", "rival_share"], "classes": ["collapse"]}),
        (
            gettext_lazy("As far as the stock goes"),
            {"fields": ["product", "orders_in_hundred"], "classes": ["collapse"]},
        ),
    ]

    @action(description=gettext_lazy("Calendar"), url_path="by-day", permissions=["view"])
    def to_calendar(self, request) -> HttpResponseRedirect:
        return redirect("admin:marketing_broadcast_calendar")

    @display(description=gettext_lazy("broadcast"), ordering="name")
    def called(self, one: Broadcast) -> str:
        markup = '<span class="office-two"><strong>{}</strong><span>{}</span></span>'
        return format_html(markup, one.name, one.segment)

    @display(description=gettext_lazy("state"), ordering="status", label=COLOURS)
    def state(self, one: Broadcast) -> tuple[str, str]:
        return one.status, one.get_status_display()

    @display(description=gettext_lazy("when"), ordering="scheduled_at")
    def moment(self, one: Broadcast) -> str:
        return stamp(one.scheduled_at) or "–"

    @display(description=gettext_lazy("again after days"), ordering="repeat_days")
    def again(self, one: Broadcast) -> str:
        return str(one.repeat_days) if one.repeat_days else "–"

    def get_urls(self) -> list:
        wrap = self.admin_site.admin_view
        own = {"people": self.people, "file": self.file, "letter": self.letter, "test": self.test, "copy": self.copy}
        return [
            path("calendar/", wrap(self.calendar), name="marketing_broadcast_calendar"),
            *(path(f"<int:pk>/{name}/", wrap(view), name=f"marketing_broadcast_{name}") for name, view in own.items()),
            path("<int:pk>/step/<slug:step>/", wrap(self.step), name="marketing_broadcast_step"),
            *super().get_urls(),
        ]

    def has_change_permission(self, request, obj=None) -> bool:
        """What is set for its moment is steered, not changed."""
        return super().has_change_permission(request, obj) and (obj is None or obj.is_draft)

    def has_delete_permission(self, request, obj=None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.is_draft)

    def may_steer(self, request) -> bool:
        return super().has_change_permission(request)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in ("template", "rival"):
            kwargs["queryset"] = Template.objects.filter(is_archived=False)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "channel":
            kwargs["choices"] = [choice for choice in Broadcast.Channel.choices if is_set_up(choice[0])]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change) -> None:
        if not change:
            obj.author = request.user
        super().save_model(request, obj, form, change)

    def response_add(self, request, obj, post_url_continue=None) -> HttpResponseRedirect:
        return redirect("admin:marketing_broadcast_change", obj.pk)

    def response_change(self, request, obj) -> HttpResponseRedirect:
        return redirect("admin:marketing_broadcast_change", obj.pk)

    def change_view(self, request, object_id, form_url="", extra_context=None) -> HttpResponse:
        """Its page; `?edit=1` and what is typed there go to the form."""
        one = self.get_object(request, object_id)
        if one is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if request.method == "POST" or (request.GET.get("edit") and one.is_draft):
            return super().change_view(request, object_id, form_url, extra_context)
        return broadcast_page.show(request, self, self._seen(request, one.pk))

    def people(self, request: HttpRequest, pk: int) -> HttpResponse:
        return broadcast_people.show(request, self, self._seen(request, pk))

    def file(self, request: HttpRequest, pk: int) -> HttpResponse:
        one = self._seen(request, pk)
        broadcast_page.allow(self.may_steer(request))
        return broadcast_people.as_file(one)

    def letter(self, request: HttpRequest, pk: int) -> HttpResponse:
        return broadcast_page.letter(request, self._seen(request, pk))

    def test(self, request: HttpRequest, pk: int) -> HttpResponse:
        return broadcast_page.test(request, self._seen(request, pk))

    def step(self, request: HttpRequest, pk: int, step: str) -> HttpResponse:
        one = self._seen(request, pk)
        broadcast_page.allow(self.may_steer(request))
        return broadcast_steps.take(request, self, one, step)

    def copy(self, request: HttpRequest, pk: int) -> HttpResponse:
        one = self._seen(request, pk)
        broadcast_page.allow(self.has_add_permission(request))
        if request.method != "POST":
            return redirect("admin:marketing_broadcast_change", pk)
        return redirect(
            f"{reverse('admin:marketing_broadcast_change', args=[broadcast_steps.copy(one, request)])}?edit=1"
        )

    def calendar(self, request: HttpRequest) -> HttpResponse:
        broadcast_page.allow(self.has_view_permission(request))
        return broadcast_calendar.show(request, self)

    def _seen(self, request: HttpRequest, pk: int) -> Broadcast:
        related = ("segment", "template", "version", "rival", "rival_version", "product", "author")
        one = get_object_or_404(Broadcast.objects.select_related(*related), pk=pk)
        broadcast_page.allow(self.has_view_permission(request, one))
        return one
