"""Texts (SMS): what waits, what went out, what could not be sent."""

from django.contrib import admin, messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action, display

from customers import texting
from customers.admin.by_language import ByLanguage
from customers.admin.day_range import by_day
from customers.admin.read_only import ReadOnlyAdmin
from customers.models import Text


@admin.register(Text)
class TextAdmin(ReadOnlyAdmin):
    """Texts are read here and, when one failed, sent again."""

    list_display = ["words", "to", "state", "segments", "created_at", "sent_at"]
    list_filter = ["status", ByLanguage, by_day("created_at")]
    search_fields = ["=to", "=key"]
    search_help_text = gettext_lazy("The whole number, such as +34600123456.")
    list_filter_submit = True
    fields = [
        "to", "words", "status", "error", "segments", "attempts", "due_at", "sent_at", "reference", "key", "language"
    ]  # fmt: skip
    actions_detail = ["resend"]

    @display(
        description=gettext_lazy("state"),
        ordering="status",
        label={"sent": "success", "failed": "danger", "queued": "info", "claimed": "info"},
    )
    def state(self, row: Text) -> tuple[str, str]:
        return row.status, row.get_status_display()

    def has_resend_permission(self, request, obj=None) -> bool:
        return request.user.has_perm("customers.change_text")

    @action(description=gettext_lazy("Send again…"), url_path="resend", permissions=["resend"])
    def resend(self, request, object_id: str):
        row = get_object_or_404(self.get_queryset(request), pk=object_id)
        back = redirect("admin:customers_text_change", row.pk)
        if row.status != Text.Status.FAILED:
            messages.info(request, _("Only a text that failed can be sent again."))
            return back
        if request.method == "POST":
            texting.send_again(row, timezone.now())
            messages.success(request, _("The text is on its way to %(to)s.") % {"to": row.to})
            return back
        context = {
            **self.admin_site.each_context(request),
            "title": _("Send again?"),
            "opts": self.opts,
            "sentence": _("“%(words)s” goes to %(to)s once more.") % {"words": row.words, "to": row.to},
            "detail": row.error,
            "button": _("Send again"),
            "back": back.url,
        }
        return render(request, "staff/confirm.html", context)
