"""What things have cost: read, never written."""

from django.contrib import admin
from django.utils.translation import get_language, gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import display

from catalog.models import PriceChange
from catalog.moments import stamp
from catalog.money import format_minor


@admin.register(PriceChange)
class PriceChangeAdmin(ModelAdmin):
    """Newest first. The law wants it known what a thing cost before it was reduced."""

    list_display = ["sku", "cost", "before", "why", "moment"]
    list_filter = ["reason", "currency", "at"]
    search_fields = ["sku", "note", "actor"]
    search_help_text = gettext_lazy("SKU, note or person")
    date_hierarchy = "at"
    list_per_page = 50
    show_full_result_count = False
    actions = None

    @display(description=gettext_lazy("price"), ordering="price")
    def cost(self, row: PriceChange) -> str:
        return format_minor(row.price, row.currency, get_language() or "en")

    @display(description=gettext_lazy("price before"))
    def before(self, row: PriceChange) -> str:
        return format_minor(row.compare_at, row.currency, get_language() or "en") if row.compare_at else "–"

    @display(description=gettext_lazy("reason"), ordering="reason")
    def why(self, row: PriceChange) -> str:
        return " · ".join(filter(None, (row.get_reason_display(), row.note, row.actor)))

    @display(description=gettext_lazy("at"), ordering="at")
    def moment(self, row: PriceChange) -> str:
        return stamp(row.at)

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
