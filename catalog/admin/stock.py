"""What lies where: the morning list of what ran out, and a page per shelf."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.shortcuts import redirect
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from catalog.admin import low_page, shelf_page, stock_file_page
from catalog.admin.goods_list import named, words_of
from catalog.admin.large import PagesByKey
from catalog.admin.numbers import numbered
from catalog.among import among
from catalog.models import StockLevel
from catalog.queries import shelves


class HowMuch(admin.SimpleListFilter):
    title = gettext_lazy("how much is left")
    parameter_name = "left"

    def lookups(self, request, model_admin):
        return [
            ("none", _("sold out")),
            ("low", _("%(number)d or fewer") % {"number": shelves.LOW}),
            ("held", _("held for orders")),
            ("plenty", _("enough")),
        ]

    def queryset(self, request, queryset):
        if self.value() == "none":
            return shelves.sold_out(queryset)
        if self.value() == "low":
            return shelves.low(queryset)
        if self.value() == "held":
            return queryset.filter(reserved__gt=0)
        return queryset.filter(on_hand__gt=F("reserved") + shelves.LOW) if self.value() == "plenty" else queryset


class OnSale(admin.SimpleListFilter):
    title = gettext_lazy("goods")
    parameter_name = "goods"

    def lookups(self, request, model_admin):
        return [("sale", _("for sale")), ("other", _("not for sale"))]

    def queryset(self, request, queryset):
        if self.value() == "sale":
            return queryset.filter(pk__in=shelves.for_sale().values("pk"))
        return queryset.exclude(pk__in=shelves.for_sale().values("pk")) if self.value() == "other" else queryset


@admin.register(StockLevel)
class StockLevelAdmin(ModelAdmin):
    """Nobody types over a number here: the page of a shelf asks what was counted, or what came and went."""

    list_display = ["what", "available_now", "on_hand", "reserved", "incoming", "location"]
    list_filter = [HowMuch, OnSale, "location"]
    list_select_related = ["variant__product", "location"]
    search_fields = [
        "variant__sku", "variant__barcode", "variant__product__name_en", "variant__product__name_es",
        "variant__product__name_ru",
    ]  # fmt: skip
    search_help_text = gettext_lazy("SKU, barcode or product")
    ordering = ["variant__sku", "id"]
    list_per_page = 50
    paginator = PagesByKey
    show_full_result_count = False
    actions = None
    actions_list = ["show_low", "take_file"]

    @action(description=gettext_lazy("Running low"), url_path="running-low", permissions=["view"])
    def show_low(self, request):
        return redirect("admin:catalog_stocklevel_low")

    @action(description=gettext_lazy("Stock from a file"), url_path="from-file", permissions=["change"])
    def take_file(self, request):
        return redirect("admin:catalog_stocklevel_file")

    def get_queryset(self, request):
        return super().get_queryset(request).with_available()

    def get_search_results(self, request, queryset, search_term):
        """By article numbers, else by what finds the product."""
        for word in words_of(search_term):
            if keys := numbered(word):
                queryset = queryset.filter(variant__in=keys)
            else:
                queryset = queryset.filter(variant__product__in=among(named(word)))
        return queryset, False

    @display(description=gettext_lazy("article"), ordering="variant__sku")
    def what(self, level: StockLevel) -> str:
        return format_html(
            '<span class="office-two"><strong>{}</strong><span>{}</span></span>',
            level.variant.sku,
            level.variant.product,
        )

    @display(
        description=gettext_lazy("available"),
        ordering="free",
        label={"none": "danger", "low": "warning", "plenty": "success"},
    )
    def available_now(self, level: StockLevel) -> tuple[str, str]:
        if level.available <= 0:
            return "none", _("sold out")
        return ("low" if level.available <= shelves.LOW else "plenty"), str(level.available)

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def get_urls(self):
        views = [("count", shelf_page.count), ("move", shelf_page.move), ("terms", shelf_page.terms)]
        return (
            [
                path(
                    f"<int:level_id>/{verb}/",
                    self.admin_site.admin_view(view),
                    {"model_admin": self},
                    name=f"catalog_stocklevel_{verb}",
                )
                for verb, view in views
            ]
            + self._pages()
            + super().get_urls()
        )

    def _pages(self) -> list:
        pages = {"low": low_page.page, "file": stock_file_page.page}
        return [
            path(f"{name}/", self.admin_site.admin_view(view), {"model_admin": self}, name=f"catalog_stocklevel_{name}")
            for name, view in pages.items()
        ]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if object_id is None:
            # A shelf comes into being with its variant; nobody adds one by hand.
            raise PermissionDenied
        level = self.get_object(request, object_id)
        if level is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, level) or request.method != "GET":
            raise PermissionDenied
        return shelf_page.show(request, self, level)
