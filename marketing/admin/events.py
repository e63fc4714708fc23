"""What happened in the shop, as it was written down."""

from django.contrib import admin
from django.urls import path

from customers.admin.read_only import ReadOnlyAdmin
from marketing.admin import reports_page
from marketing.models import Event


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """The log; nobody edits it."""

    list_display = ["type", "profile", "product", "occurred_at"]
    list_filter = ["type", "occurred_at"]
    list_select_related = ["product", "profile"]
    search_fields = ["product__name", "profile__email"]

    def get_urls(self):
        view = self.admin_site.admin_view(lambda request: reports_page.page(request, self))
        return [path("reports/", view, name="marketing_reports"), *super().get_urls()]
