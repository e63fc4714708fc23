"""Who is or was on the way through a flow, and why somebody left it or was not let in."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy
from unfold.decorators import display

from customers.admin.day_range import by_day
from customers.admin.read_only import ReadOnlyAdmin
from marketing.models import Enrolment
from marketing.reasons import REASONS, in_words

COLOURS = {
    "waiting": "primary", "completed": "success", "exited": "info", "held_out": "warning", "turned_away": "info",
}  # fmt: skip


class ReasonFilter(admin.SimpleListFilter):
    title = gettext_lazy("why")
    parameter_name = "reason"

    def lookups(self, request, model_admin) -> list[tuple[str, str]]:
        return [(str(code), words) for code, words in REASONS.items()]

    def queryset(self, request, queryset):
        return queryset.filter(reason=self.value()) if self.value() else queryset


@admin.register(Enrolment)
class EnrolmentAdmin(ReadOnlyAdmin):
    """One row per person and occasion."""

    list_display = ["profile", "flow", "state", "why", "entered_at"]
    list_filter = ["status", "flow", ReasonFilter, by_day("entered_at")]
    list_filter_submit = True
    list_select_related = ["profile", "flow"]
    search_fields = ["profile__email", "key"]
    fields = [
        "profile", "flow", "version", "status", "why", "seen", "since", "entered_at", "step", "due_at", "ended_at",
        "conditions", "sent",
    ]  # fmt: skip
    readonly_fields = ["why", "conditions", "sent"]

    @display(description=gettext_lazy("state"), ordering="status", label=COLOURS)
    def state(self, row: Enrolment) -> tuple[str, str]:
        return row.status, row.get_status_display()

    @display(description=gettext_lazy("why"), empty_value="–")
    def why(self, row: Enrolment) -> str | None:
        return in_words(row.reason) if row.reason else None

    @display(description=gettext_lazy("conditions when it began"))
    def conditions(self, row: Enrolment) -> SafeString | str:
        rule = row.decision.get("conditions")
        return render_to_string("office/flow/conditions.html", {"rule": rule}) if rule else "–"

    @display(description=gettext_lazy("messages"))
    def sent(self, row: Enrolment) -> SafeString | str:
        from django.urls import reverse

        rows = [
            (reverse("admin:marketing_message_change", args=[one.pk]), str(one.get_status_display()))
            for one in row.messages.order_by("pk")
        ]
        return format_html_join(", ", '<a href="{}">{}</a>', rows) or "–"
