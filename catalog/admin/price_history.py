"""What things have cost: read, never written."""

from django.conf import settings
from django.contrib import admin
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import get_language, gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from catalog.admin import price_file_page
from catalog.admin.large import PagesByKey
from catalog.admin.numbers import NumbersFirst
from catalog.models import PriceChange, PriceList
from catalog.moments import stamp
from catalog.money import format_minor


class InCurrency(admin.SimpleListFilter):
    """One of the currencies that there are prices in. The history itself would be read from end to end for them."""

    title = gettext_lazy("currency")
    parameter_name = "currency"

    def lookups(self, request, model_admin):
        known = {settings.SHOP_CURRENCY, *PriceList.objects.order_by().values_list("currency", flat=True)}
        return [(code, code) for code in sorted(known)]

    def queryset(self, request, queryset):
        return queryset.filter(currency=self.value()) if self.value() else queryset


@admin.register(PriceChange)
class PriceChangeAdmin(NumbersFirst, ModelAdmin):
    """Newest first. The law wants it known what a thing cost before it was reduced."""

    list_display = ["sku", "cost", "before", "why", "moment"]
    list_filter = ["reason", InCurrency, "at"]
    search_fields = ["sku", "note", "actor"]
    search_help_text = gettext_lazy("SKU, note or person")
    list_per_page = 50
    paginator = PagesByKey
    show_full_result_count = False
    actions = None
    actions_list = ["take_file"]

    @action(description=gettext_lazy("Prices from a file"), url_path="from-file", permissions=["set_prices"])
    def take_file(self, request):
        return redirect("admin:catalog_pricechange_file")

    def has_set_prices_permission(self, request) -> bool:
        return request.user.has_perm("catalog.change_variant")

    def get_urls(self):
        view = self.admin_site.admin_view(price_file_page.page)
        return [path("file/", view, {"model_admin": self}, name="catalog_pricechange_file"), *super().get_urls()]

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
