"""Tags: loose words for goods of several categories."""

from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import display

from catalog.admin.languages import NamedWordsForm, in_all
from catalog.admin.refreshing import follow
from catalog.models import Product, Tag


@admin.register(Tag)
class TagAdmin(ModelAdmin):
    """Shoppers narrow lists by them. Removing one leaves the goods as they are."""

    form = NamedWordsForm
    list_display = ["name", "code", "goods"]
    search_fields = ["code", "name_en", "name_es", "name_ru"]
    fields = [*in_all("name"), "code", "position"]
    prepopulated_fields = {"code": ["name_en"]}
    actions = None

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(number=Count("products"))

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    @display(description=gettext_lazy("goods"), ordering="number")
    def goods(self, tag: Tag) -> int:
        return tag.number

    def save_model(self, request, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        follow(Product.objects.filter(tags=obj))

    def delete_model(self, request, obj) -> None:
        tagged = Product.objects.filter(pk__in=list(obj.products.values_list("pk", flat=True)))
        super().delete_model(request, obj)
        follow(tagged)
