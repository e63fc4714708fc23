"""Tax classes: the kinds of goods that tax law tells apart. Which rate they bear where is told beside."""

from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import display

from catalog.admin.languages import NamedWordsForm, in_all
from catalog.models import TaxClass
from catalog.models.tax_class import STANDARD


@admin.register(TaxClass)
class TaxClassAdmin(ModelAdmin):
    """One that goods have stays: give them another one first. The standard class always stays."""

    form = NamedWordsForm
    list_display = ["name", "code", "is_taxed", "goods"]
    search_fields = ["code", "name_en", "name_es", "name_ru"]
    fields = [*in_all("name"), "code", "is_taxed", "position"]
    prepopulated_fields = {"code": ["name_en"]}
    actions = None

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(number=Count("products"))

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    @display(description=gettext_lazy("goods"), ordering="number")
    def goods(self, row: TaxClass) -> int:
        return row.number

    def has_delete_permission(self, request, obj=None) -> bool:
        used = obj is not None and (obj.code == STANDARD or obj.products.exists() or obj.types.exists())
        return not used and super().has_delete_permission(request, obj)
