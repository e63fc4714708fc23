"""Who agreed to what, in which words; and who must not be written to."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import FieldTextFilter
from unfold.decorators import display

from customers import consent
from customers.admin.day_range import by_day
from customers.admin.read_only import ReadOnlyAdmin
from customers.models import Consent, Suppression


@admin.register(Consent)
class ConsentAdmin(ReadOnlyAdmin):
    """Statements of people, newest first. Nobody edits what somebody else said."""

    list_display = ["email", "said", "purpose", "source", "created_at"]
    list_filter = ["status", "purpose", ("source", FieldTextFilter), by_day("created_at")]
    search_fields = ["email"]
    list_filter_submit = True
    fields = ["email", "customer", "purpose", "channel", "status", "wording", "source", "created_at"]
    list_select_related = ["customer"]

    @display(
        description=_("said"),
        ordering="status",
        label={"granted": "success", "withdrawn": "danger", "pending": "warning"},
    )
    def said(self, row: Consent) -> tuple[str, str]:
        return row.status, row.get_status_display()


@admin.register(Suppression)
class SuppressionAdmin(ModelAdmin):
    """Barred addresses. Staff may bar one, and lift what staff had barred."""

    list_display = ["email", "reason", "created_at"]
    list_filter = ["reason"]
    search_fields = ["email"]
    fields = ["email"]
    list_per_page = 50

    def get_fields(self, request, obj=None) -> list[str]:
        return ["email", "reason", "created_at"] if obj else ["email"]

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        by_staff = obj is None or obj.reason == Suppression.Reason.BY_STAFF
        return by_staff and super().has_delete_permission(request, obj)

    def get_actions(self, request) -> dict:
        # The bulk action would delete the wish of people, too.
        return {}

    def save_model(self, request, obj, form, change) -> None:
        obj.pk = consent.suppress(obj.email, Suppression.Reason.BY_STAFF).pk
