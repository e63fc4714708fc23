"""Variants by themselves: only for the choosers on other pages. They are edited on the page of their product."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from catalog.models import Variant


@admin.register(Variant)
class VariantAdmin(ModelAdmin):
    search_fields = ["sku", "barcode", "product__name_en"]
    list_display = ["sku", "product"]
    list_select_related = ["product"]
    ordering = ["sku"]

    def has_module_permission(self, request) -> bool:
        return False

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
