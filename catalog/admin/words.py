"""Options (what one chooses) with their values beneath, and what they share with attributes."""

from secrets import token_hex

from django.contrib import admin
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display
from unfold.widgets import UnfoldAdminColorInputWidget

from catalog.admin.languages import NamedWordsForm, in_all
from catalog.admin.refreshing import follow
from catalog.models import Option, OptionValue, Product
from catalog.words import languages


class ValueForm(NamedWordsForm):
    """The code may be left to us: it is made of the word in the first language."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "code" in self.fields:
            self.fields["code"].required = False
            self.fields["code"].help_text = _("Empty: made of the value.")

    def clean_code(self) -> str:
        said = self.data.get(self.add_prefix(f"value_{languages()[0]}"), "")
        return self.cleaned_data["code"] or slugify(said)[:60].strip("-_").replace("_", "-") or f"v{token_hex(3)}"


class ValueInline(TabularInline):
    form = ValueForm
    extra = 0
    show_count = True
    hide_title = True
    ordering = ["position", "id"]

    def get_fields(self, request, obj=None) -> list[str]:
        swatch = ["swatch"] if self.shows_swatch(obj) else []
        return ["code", *in_all("value"), *swatch, "position"]

    def shows_swatch(self, obj) -> bool:
        return obj is None or obj.kind == Option.Kind.SWATCH

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "swatch":
            kwargs["widget"] = UnfoldAdminColorInputWidget
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class OptionValueInline(ValueInline):
    model = OptionValue
    fk_name = "option"


class WordAdmin(ModelAdmin):
    """Names in three languages side by side; codes stay, for they stand in addresses of filtered lists."""

    form = NamedWordsForm
    search_fields = ["code", "name_en", "name_es", "name_ru"]
    actions = None
    flag: str

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("values")

    def get_fieldsets(self, request, obj=None):
        return [(None, {"fields": [*in_all("name"), "code", self.flag, "position"]})]

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []

    @display(description=gettext_lazy("values"))
    def words(self, word) -> str:
        values = [value.value for value in word.values.all()]
        return ", ".join(values[:6]) + (" …" if len(values) > 6 else "")

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        if change:
            follow(self.touched(form.instance))

    def delete_model(self, request, obj) -> None:
        touched = Product.objects.filter(pk__in=list(self.touched(obj).values_list("pk", flat=True)))
        super().delete_model(request, obj)
        follow(touched)


@admin.register(Option)
class OptionAdmin(WordAdmin):
    """An axis a shopper chooses along."""

    list_display = ["name", "code", "kind", "words"]
    flag = "kind"
    inlines = [OptionValueInline]

    def touched(self, option: Option):
        return Product.objects.filter(options=option)

    def has_delete_permission(self, request, obj=None) -> bool:
        """One that goods are sold in stays: their variants could no longer be told apart."""
        used = obj is not None and (
            self.touched(obj).exists() or OptionValue.objects.filter(option=obj, variants__isnull=False).exists()
        )
        return not used and super().has_delete_permission(request, obj)


class ValueAdmin(ModelAdmin):
    """For the choosers on the product's page; edited with their option or attribute, so not in the menu."""

    def has_module_permission(self, request) -> bool:
        return False
