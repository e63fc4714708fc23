"""Groups of customers, for prices of their own."""

from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import display

from customers.models import CustomerGroup


@admin.register(CustomerGroup)
class CustomerGroupAdmin(ModelAdmin):
    """Who belongs to one is said on the page of the customer; what it pays, on price lists."""

    list_display = ["name", "code", "members"]
    search_fields = ["name", "code"]
    fields = ["name", "code"]
    prepopulated_fields = {"code": ["name"]}
    actions = None

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(number=Count("customers"))

    def get_readonly_fields(self, request, obj=None) -> list[str]:
        return ["code"] if obj else []

    def get_prepopulated_fields(self, request, obj=None) -> dict:
        return {} if obj else self.prepopulated_fields

    @display(description=gettext_lazy("customers"), ordering="number")
    def members(self, group: CustomerGroup) -> int:
        return group.number
