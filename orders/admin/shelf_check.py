"""Do the books of the stock agree? The nightly checks, and one at once."""

from django.contrib import admin, messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.decorators import action, display

from catalog.moments import stamp
from customers.admin.read_only import ReadOnlyAdmin
from orders.actions import shelf_check
from orders.models import ShelfCheck


@admin.register(ShelfCheck)
class ShelfCheckAdmin(ReadOnlyAdmin):
    """Each night: does the ledger explain the shelves, and do orders hold what is reserved?"""

    list_display = ["moment", "levels", "found", "mended"]
    list_filter = ["mended", "checked_at"]
    fields = ["checked_at", "levels", "mended", "drifts"]
    actions_list = ["check_now"]

    @display(description=gettext_lazy("checked"), ordering="checked_at")
    def moment(self, check: ShelfCheck) -> str:
        return stamp(check.checked_at)

    @display(description=gettext_lazy("what did not agree"))
    def found(self, check: ShelfCheck) -> int:
        return len(check.drifts)

    @action(description=gettext_lazy("Check and mend now"), url_path="check-now", permissions=["mend"])
    def check_now(self, request):
        """Asks first; what is on hand, and what orders hold, is believed."""
        if request.method != "POST":
            context = {
                **self.admin_site.each_context(request),
                "title": _("Check the stock books"),
                "opts": self.opts,
                "sentence": _("Check the stock books, and mend what does not agree?"),
                "detail": _("What is on hand and what orders hold is believed; ledger and reserved pieces follow."),
                "button": _("Check and mend"),
                "back": reverse("admin:orders_shelfcheck_changelist"),
            }
            return render(request, "office/ask.html", context)
        done = shelf_check.check(timezone.now(), mend=True)
        words = ngettext("%(number)d number did not agree.", "%(number)d numbers did not agree.", len(done.drifts))
        messages.success(request, words % {"number": len(done.drifts)})
        return redirect("admin:orders_shelfcheck_changelist")

    def has_mend_permission(self, request) -> bool:
        return request.user.has_perm("catalog.change_stocklevel")
