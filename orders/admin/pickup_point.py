"""Pick-up points of carriers, and the lists that they come from."""

from django.contrib import admin
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import action

from orders import delivery
from orders.admin import pickup_lists
from orders.models import PickupPoint


@admin.register(PickupPoint)
class PickupPointAdmin(ModelAdmin):
    """Where buyers may have their parcel kept. Lists come from the carrier; a single one may be written here."""

    list_display = ["name", "carrier", "code", "postcode", "city", "is_active"]
    list_filter = ["is_active", "carrier", "country"]
    list_filter_submit = True
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["=code", "postcode_key__startswith", "city_key__startswith"]
    search_help_text = gettext_lazy("The whole code, or the beginning of a postcode or of a town.")
    fieldsets = [
        (None, {"fields": [("carrier", "code"), "name", "is_active"]}),
        (gettext_lazy("Where"), {"fields": ["line1", ("postcode", "city"), "country", ("latitude", "longitude")]}),
        (None, {"fields": ["hours"]}),
    ]
    actions_list = ["send_list"]

    def get_urls(self):
        return [*pickup_lists.urls(self), *super().get_urls()]

    def get_readonly_fields(self, request, obj=None):
        return ["carrier", "code"] if obj else []

    def save_model(self, request, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        # Where a carrier has points at all belongs to the terms of delivery.
        delivery.changed()

    def delete_model(self, request, obj) -> None:
        super().delete_model(request, obj)
        delivery.changed()

    def delete_queryset(self, request, queryset) -> None:
        super().delete_queryset(request, queryset)
        delivery.changed()

    def get_search_results(self, request, queryset, search_term):
        from catalog.search.analysis import fold

        return super().get_search_results(request, queryset, fold(search_term))

    @action(description=gettext_lazy("Send a carrier’s list"), url_path="send-list", permissions=["add"])
    def send_list(self, request):
        return redirect("admin:orders_pickuppoint_list")
