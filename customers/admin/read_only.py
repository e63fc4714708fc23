"""What is written by the shop's own rules is read by staff, never typed."""

from unfold.admin import ModelAdmin


class ReadOnlyAdmin(ModelAdmin):
    """A list and pages to read. What may be done about a row is a button of its own."""

    actions = None
    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
