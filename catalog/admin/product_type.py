"""Product types: which facts goods of a kind need, what one usually chooses of them, and their size guide."""

from django import forms
from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSelectWidget

from catalog.admin.languages import WordsForm, tabs
from catalog.admin.refreshing import follow
from catalog.admin.rich_text import make_rich
from catalog.html import from_plain
from catalog.models import Product, ProductType, TypeAttribute
from catalog.words import languages


class ProductTypeForm(WordsForm):
    kind = forms.ChoiceField(
        choices=Product.Kind.choices,
        label=gettext_lazy("Kind of new products"),
        widget=UnfoldAdminSelectWidget,
    )

    class Meta:
        model = ProductType
        exclude = ["attributes"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for language in languages():
            if f"size_guide_{language}" in self.fields:
                self.fields[f"size_guide_{language}"].help_text = _(
                    "Opened beside the choice of size. A table: one row a line, | between its cells. HTML works, too."
                )
                # Lines become a table when they are saved; the table is then edited as it looks.
                if getattr(self.instance, f"size_guide_{language}", ""):
                    make_rich(self, f"size_guide_{language}")

    def clean(self) -> dict:
        data = super().clean()
        for language in languages():
            if f"size_guide_{language}" in data:
                data[f"size_guide_{language}"] = from_plain(data[f"size_guide_{language}"] or "")
        return data


class TypeAttributeInline(TabularInline):
    model = TypeAttribute
    autocomplete_fields = ["attribute"]
    fields = ["attribute", "is_required", "position"]
    ordering_field = "position"
    ordering = ["position", "id"]
    extra = 0
    hide_title = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("attribute")

    def get_extra(self, request, obj=None, **kwargs) -> int:
        return 0 if obj else 4


@admin.register(ProductType)
class ProductTypeAdmin(ModelAdmin):
    """A type that goods have stays: give them another one first."""

    form = ProductTypeForm
    inlines = [TypeAttributeInline]
    list_display = ["name", "code", "asks_for", "goods"]
    search_fields = ["code", "name_en", "name_es", "name_ru"]
    autocomplete_fields = ["options"]
    prepopulated_fields = {"code": ["name_en"]}
    actions = None
    warn_unsaved_form = True

    def get_queryset(self, request):
        rows = super().get_queryset(request).prefetch_related("rows__attribute")
        return rows.annotate(number=Count("products"))

    def get_fieldsets(self, request, obj=None):
        return [
            (None, {"fields": ["code", "options", ("kind", "tax_class"), "position"]}),
            *tabs(obj, "name", "size_guide"),
        ]

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    @display(description=gettext_lazy("asks for"))
    def asks_for(self, type_: ProductType) -> str:
        names = [f"{row.attribute}{' *' if row.is_required else ''}" for row in type_.rows.all()]
        return ", ".join(names[:6]) + (" …" if len(names) > 6 else "")

    @display(description=gettext_lazy("goods"), ordering="number")
    def goods(self, type_: ProductType) -> int:
        return type_.number

    def has_delete_permission(self, request, obj=None) -> bool:
        used = obj is not None and obj.products.exists()
        return not used and super().has_delete_permission(request, obj)

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        # Pages show facts in the order of the type.
        follow(Product.objects.none())
