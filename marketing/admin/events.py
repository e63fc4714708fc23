"""What happened in the shop, as it was written down."""

from django.contrib import admin

from customers.admin.read_only import ReadOnlyAdmin
from marketing.models import Event


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """The log; nobody edits it."""

    list_display = ["type", "profile", "product", "occurred_at"]
    list_filter = ["type", "occurred_at"]
    list_select_related = ["product", "profile"]
    search_fields = ["product__name", "profile__email"]
