"""Where goods lie."""

from django.contrib import admin
from django.db.models import Sum
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import display

from catalog.models import Location


@admin.register(Location)
class LocationAdmin(ModelAdmin):
    """A place with goods in it cannot be removed."""

    list_display = ["name", "pieces"]
    search_fields = ["name"]
    fields = ["name"]
    actions = None

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(sum=Sum("levels__on_hand"))

    @display(description=gettext_lazy("pieces on hand"), ordering="sum")
    def pieces(self, location: Location) -> int:
        return location.sum or 0

    def has_delete_permission(self, request, obj=None) -> bool:
        return not (obj and obj.levels.exists()) and super().has_delete_permission(request, obj)
