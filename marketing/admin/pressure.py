"""How much one person gets at most, and the hours in which nobody is disturbed."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from marketing.models import PressurePolicy


@admin.register(PressurePolicy)
class PressurePolicyAdmin(ModelAdmin):
    """Four rows, one for each channel and one for all of them."""

    list_display = ["channel", "most", "hours", "most_in_week", "quiet_from", "quiet_until"]
    fields = ["channel", ("most", "hours"), "most_in_week", ("quiet_from", "quiet_until")]
    readonly_fields = ["channel"]
    actions = None

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
