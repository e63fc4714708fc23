"""Workshops and houses."""

from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import display

from catalog.admin.addresses import KeepsAddress, Movable
from catalog.admin.languages import WordsForm, tabs
from catalog.admin.refreshing import follow
from catalog.models import Brand, Product


class BrandForm(KeepsAddress, WordsForm):
    class Meta:
        model = Brand
        fields = "__all__"  # noqa: DJ007


@admin.register(Brand)
class BrandAdmin(Movable, ModelAdmin):
    """Who made the goods. Removing one leaves its goods without a brand."""

    form = BrandForm
    list_display = ["name", "slug", "goods"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    actions = None

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(number=Count("products"))

    def get_fieldsets(self, request, obj=None):
        return [(None, {"fields": ["name", "slug"]}), *tabs(obj, "story")]

    @display(description=gettext_lazy("goods"), ordering="number")
    def goods(self, brand: Brand) -> int:
        return brand.number

    def save_model(self, request, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        follow(Product.objects.filter(brand=obj))

    def delete_model(self, request, obj) -> None:
        orphans = Product.objects.filter(pk__in=list(obj.products.values_list("pk", flat=True)))
        super().delete_model(request, obj)
        follow(orphans)
