"""Variants by themselves: only for the choosers on other pages. They are edited on the page of their product."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from catalog.admin.languages import in_all
from catalog.admin.numbers import NumbersFirst
from catalog.models import Product, Variant
from catalog.words import say, words_of


@admin.register(Variant)
class VariantAdmin(NumbersFirst, ModelAdmin):
    variant_of_row = "pk"
    search_fields = ["sku", "barcode", *(f"product__{name}" for name in in_all("name"))]
    list_display = ["sku", "product"]
    list_select_related = ["product"]
    ordering = ["sku"]
    fields = ["sku", "product", "barcode", "is_active"]

    def in_pickers(self, rows: list[Variant], language: str) -> dict[int, str]:
        """An article number alone says little to people."""
        goods = Product.objects.in_bulk({row.product_id for row in rows})
        return {row.pk: f"{row.sku} · {say(words_of(goods[row.product_id], 'name'), language)}" for row in rows}

    def has_module_permission(self, request) -> bool:
        return False

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
