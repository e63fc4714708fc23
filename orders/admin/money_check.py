"""Does the money agree with Stripe's? The nightly checks, the last one in full, and a repair at once."""

from django.contrib import admin, messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.html import format_html, format_html_join
from django.utils.text import format_lazy
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from unfold.decorators import action, display

from catalog.moments import stamp
from catalog.money import format_minor
from customers.admin.read_only import ReadOnlyAdmin
from orders import providers
from orders.actions import money_check
from orders.models import MoneyCheck

# By the name that it has where this runs.
PROVIDER = lazy(providers.title, str)()
SENTENCES = {
    "captured": format_lazy(gettext_lazy("{provider} took another sum than we know of"), provider=PROVIDER),
    "refunded": format_lazy(gettext_lazy("{provider} gave another sum back than we know of"), provider=PROVIDER),
    "missing": format_lazy(gettext_lazy("we say it is paid, and {provider} knows no charge"), provider=PROVIDER),
    "stray": format_lazy(gettext_lazy("{provider} holds money that no payment here explains"), provider=PROVIDER),
    "refund sum": gettext_lazy("the refunds do not add up"),
    "unpaid": gettext_lazy("the order is paid, and less than its total came in"),
    "credit": gettext_lazy("the balance is not the sum of its history"),
}


@admin.register(MoneyCheck)
class MoneyCheckAdmin(ReadOnlyAdmin):
    """Each night: does Stripe know of the same money, and do our own sums agree?"""

    list_display = ["moment", "payments", "asked", "found", "mended"]
    list_filter = ["asked"]
    fields = ["checked_at", "payments", "asked", "mended", "differences"]
    readonly_fields = ["differences"]
    actions_list = ["check_now"]

    @display(description=gettext_lazy("checked"), ordering="checked_at")
    def moment(self, check: MoneyCheck) -> str:
        return stamp(check.checked_at)

    @display(description=gettext_lazy("what did not agree"))
    def found(self, check: MoneyCheck) -> int:
        return len(check.drifts)

    @display(description=gettext_lazy("what did not agree"))
    def differences(self, check: MoneyCheck) -> str:
        if not check.drifts:
            return _("Everything agrees.")
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{} {}: {} · {} / {}</li>", map(_row, check.drifts)))

    @action(description=gettext_lazy("Check and mend now"), url_path="check-now", permissions=["mend"])
    def check_now(self, request):
        """Asks first; Stripe's books, and the ledgers, are believed."""
        if request.method != "POST":
            name = {"provider": providers.title()}
            context = {
                **self.admin_site.each_context(request),
                "title": _("Check the money"),
                "opts": self.opts,
                "sentence": _("Compare all money with %(provider)s, and mend what can be mended?") % name,
                "detail": _(
                    "%(provider)s's word and the histories are believed. What only you can judge stays in the list."
                )
                % name,
                "button": _("Check and mend"),
                "back": reverse("admin:orders_moneycheck_changelist"),
            }
            return render(request, "office/ask.html", context)
        done = money_check.check(timezone.now(), mend=True)
        words = ngettext("%(number)d difference is left.", "%(number)d differences are left.", len(done.drifts))
        messages.success(request, words % {"number": len(done.drifts)})
        if not done.asked:
            messages.warning(
                request,
                _("%(provider)s could not be asked, or is not used: only our own sums were compared.")
                % {"provider": providers.title()},
            )
        return redirect("admin:orders_moneycheck_change", done.pk)

    def has_mend_permission(self, request) -> bool:
        return request.user.has_perm("orders.change_order")


def _row(drift: dict) -> tuple:
    """Link, name, what, our sum, theirs."""
    language = get_language() or "en"
    link = ""
    if drift.get("order"):
        address = reverse("admin:orders_order_change", args=[drift["order"]])
        link = format_html('<a class="office-link" href="{}">{}</a>', address, _("Order"))
    elif drift.get("account"):
        address = reverse("admin:orders_creditaccount_change", args=[drift["account"]])
        link = format_html('<a class="office-link" href="{}">{}</a>', address, _("Gift card"))
    ours, theirs = (format_minor(drift[side], drift["currency"], language) for side in ("ours", "theirs"))
    return link, drift["name"], SENTENCES.get(drift["what"], drift["what"]), ours, theirs
