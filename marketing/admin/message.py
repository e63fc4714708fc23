"""The ledger of messages: why each went out, or why it did not."""

from datetime import datetime

from django.contrib import admin
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action, display

from customers.admin.by_language import ByLanguage
from customers.admin.day_range import by_day
from customers.admin.letters import letter_page
from customers.admin.read_only import ReadOnlyAdmin
from marketing.admin import message_facts
from marketing.broadcasts.letters import draw
from marketing.models import Message
from marketing.reasons import REASONS, in_words
from marketing.rules import Rule
from marketing.words import CannotBeWritten

LINK = '<a class="text-primary-600 dark:text-primary-500" href="{}">{}</a>'
COLOURS = {
    "handed_over": "success",
    "skipped": "info",
    "planned": "primary",
    "claimed": "primary",
    "sending": "primary",
    "failed": "danger",
    "in_doubt": "warning",
}


class ReasonFilter(admin.SimpleListFilter):
    title = gettext_lazy("why not")
    parameter_name = "reason"

    def lookups(self, request, model_admin) -> list[tuple[str, str]]:
        return [(str(code), words) for code, words in REASONS.items()]

    def queryset(self, request, queryset):
        return queryset.filter(reason=self.value()) if self.value() else queryset


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    """One row per occasion. A message in doubt is looked at by a person; nothing sends it again."""

    list_display = ["address", "channel", "state", "why", "planned_for", "clicked_at"]
    list_filter = ["status", "channel", ReasonFilter, "flow", "broadcast", ByLanguage, by_day("planned_for")]
    list_select_related = ["flow", "broadcast"]
    search_fields = ["address", "key"]
    list_filter_submit = True
    fields = [
        "address", "channel", "flow", "broadcast", "status", "why", "came_from",
        "decided", "subject", "shown", "planned_for", "deadline",
        "handed_over_at", "clicked_at", "cart_link", "key",
    ]  # fmt: skip
    readonly_fields = ["why", "came_from", "decided", "shown", "cart_link"]
    actions_detail = ["letter"]

    @display(description=gettext_lazy("state"), ordering="status", label=COLOURS)
    def state(self, row: Message) -> tuple[str, str]:
        return row.status, row.get_status_display()

    @display(description=gettext_lazy("why not"), empty_value="–")
    def why(self, row: Message) -> str | None:
        return in_words(row.reason) if row.reason else None

    @display(description=gettext_lazy("what led to it"))
    def came_from(self, row: Message) -> SafeString:
        return render_to_string("office/flow/led.html", {"m": row, **message_facts.of(row)})

    @display(description=gettext_lazy("why this message, or why not"))
    def decided(self, row: Message) -> SafeString:
        moments = [("planned", _("When it was planned")), ("claimed", _("When it was to be sent"))]
        looks = [
            {"title": title, "at": datetime.fromisoformat(look["at"]), "rules": [_row(rule) for rule in look["rules"]]}
            for key, title in moments
            if (look := row.decision.get(key))
        ]
        said = [row.decision[key] for key in ("postponed", "error") if row.decision.get(key)]
        return render_to_string("staff/decision.html", {"looks": looks, "said": said})

    @display(description=gettext_lazy("letter"))
    def shown(self, row: Message) -> str:
        if not row.html and not (row.broadcast_id and row.version_id):
            return _("It was not written.")
        return format_html(
            '<iframe sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox" title="{}" src="{}" '
            'style="width:100%;height:720px;border:0;background:#fff"></iframe>',
            _("The letter as HTML"),
            reverse("admin:marketing_message_letter", args=[row.pk]),
        )

    @display(description=gettext_lazy("cart"))
    def cart_link(self, row: Message) -> str:
        if not row.cart_id:
            return "–"
        address = reverse("admin:orders_cart_change", args=[row.cart_id])
        return format_html(LINK, address, _("What is in it now"))

    @action(description=gettext_lazy("The letter alone"), url_path="letter", permissions=["view"])
    def letter(self, request, object_id: str):
        related = ("version", "profile__customer", "broadcast")
        message = get_object_or_404(Message.objects.select_related(*related), pk=object_id)
        return letter_page(message.html or _drawn_again(message))


def _drawn_again(message: Message) -> str:
    """Of a broadcast no copy is kept for each person: its version with his codes and his name, and today's prices."""
    if message.version is None:
        return ""
    codes = dict(message.coupons.values_list("promotion", "code__code"))
    try:
        return draw(message, codes, timezone.now()).html
    except CannotBeWritten as error:
        return format_html("<!doctype html><p>{}</p>", str(error))


def _row(rule: dict) -> dict:
    labels = dict(Rule.choices)
    return {"label": labels.get(rule["rule"], rule["rule"]), "passed": rule["passed"], "seen": rule["seen"]}
