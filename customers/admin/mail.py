"""The post of the shop's business: what waits, what went out, what could not be sent."""

from django.contrib import admin, messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action, display

from customers import mail
from customers.admin.by_language import ByLanguage
from customers.admin.day_range import by_day
from customers.admin.letters import letter_page
from customers.admin.read_only import ReadOnlyAdmin
from customers.models import Mail


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    """Letters are read here and, when one failed, sent again."""

    list_display = ["subject", "to", "state", "created_at", "sent_at"]
    list_filter = ["status", ByLanguage, by_day("created_at")]
    search_fields = ["to", "subject", "key"]
    list_filter_submit = True
    fields = ["to", "subject", "status", "error", "attempts", "due_at", "sent_at", "key", "language", "shown", "text"]
    readonly_fields = ["shown"]
    actions_detail = ["resend", "letter"]

    def get_queryset(self, request):
        """Links for signing in are keys to somebody's account, perhaps a higher one than the reader's own."""
        rows = super().get_queryset(request)
        return rows if request.user.is_superuser else rows.exclude(key__startswith="account:")

    @display(
        description=gettext_lazy("state"),
        ordering="status",
        label={"sent": "success", "failed": "danger", "queued": "info", "claimed": "info"},
    )
    def state(self, row: Mail) -> tuple[str, str]:
        return row.status, row.get_status_display()

    @display(description=gettext_lazy("letter"))
    def shown(self, row: Mail) -> str:
        address = reverse("admin:customers_mail_letter", args=[row.pk])
        return format_html(
            '<iframe sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox" title="{}" src="{}" '
            'style="width:100%;height:720px;border:0;background:#fff"></iframe>',
            _("The letter as HTML"),
            address,
        )

    @action(description=gettext_lazy("The letter alone"), url_path="letter", permissions=["view"])
    def letter(self, request, object_id: str):
        return letter_page(get_object_or_404(self.get_queryset(request), pk=object_id).html)

    def has_resend_permission(self, request, obj=None) -> bool:
        return request.user.has_perm("customers.change_mail")

    @action(description=gettext_lazy("Send again…"), url_path="resend", permissions=["resend"])
    def resend(self, request, object_id: str):
        row = get_object_or_404(self.get_queryset(request), pk=object_id)
        back = redirect("admin:customers_mail_change", row.pk)
        if row.status != Mail.Status.FAILED:
            messages.info(request, _("Only a letter that failed can be sent again."))
            return back
        if request.method == "POST":
            mail.send_again(row, timezone.now())
            messages.success(request, _("The letter is on its way to %(to)s.") % {"to": row.to})
            return back
        context = {
            **self.admin_site.each_context(request),
            "title": _("Send again?"),
            "opts": self.opts,
            "sentence": _("“%(subject)s” goes to %(to)s once more.") % {"subject": row.subject, "to": row.to},
            "detail": row.error,
            "button": _("Send again"),
            "back": back.url,
        }
        return render(request, "staff/confirm.html", context)
