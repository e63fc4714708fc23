"""Attributes: facts that products share, of several kinds, each with what its kind needs."""

from django import forms
from django.contrib import admin
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSelectWidget

from catalog.admin.languages import NamedWordsForm, in_all
from catalog.admin.words import ValueAdmin, ValueInline, WordAdmin
from catalog.measures import unit_choices, unit_sign
from catalog.models import Attribute, AttributeValue, Product

FLAGS = ("is_public", "is_filter", "on_card")


class AttributeForm(NamedWordsForm):
    unit = forms.ChoiceField(required=False, label=gettext_lazy("Unit"), widget=UnfoldAdminSelectWidget)

    class Meta:
        model = Attribute
        fields = "__all__"  # noqa: DJ007

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "unit" in self.fields:
            self.fields["unit"].help_text = _("Of a number.")
            self.fields["unit"].choices = [("", _("none, or one of your own")), *unit_choices(get_language() or "en")]

    def clean(self) -> dict:
        data = super().clean()
        kind = data.get("kind", self.instance.kind)
        if kind != Attribute.Kind.NUMBER:
            data |= {name: "" for name in ("unit", *in_all("own_unit")) if name in data}
        if data.get("on_card") and kind not in Attribute.FILTERS:
            self.add_error("on_card", _("Lists show choices, numbers, and yes or no."))
        if data.get("on_card") and not data.get("is_public"):
            self.add_error("on_card", _("What lists show is shown to shoppers."))
        # What a card shows can be filtered by; what nobody sees, or what has no few answers, cannot.
        fits = kind in Attribute.FILTERS and data.get("is_public")
        data["is_filter"] = bool(fits and (data.get("is_filter") or data.get("on_card")))
        return data


class AttributeValueInline(ValueInline):
    model = AttributeValue
    fk_name = "attribute"

    def shows_swatch(self, obj: Attribute | None) -> bool:
        return obj is not None and obj.kind == Attribute.Kind.SWATCH


@admin.register(Attribute)
class AttributeAdmin(WordAdmin):
    """A fact that goods share. What kind it is of is settled when goods say something of it."""

    form = AttributeForm
    list_display = ["name", "kind", "is_filter", "on_card", "words"]
    list_filter = ["kind", "is_filter", "types"]
    prepopulated_fields = {"code": ["name_en"]}

    def get_fieldsets(self, request, obj=None):
        rows = [*in_all("name"), ("code", "kind")]
        if obj is None or obj.kind == Attribute.Kind.NUMBER:
            rows += ["unit", tuple(in_all("own_unit"))]
        return [(None, {"fields": [*rows, *FLAGS, "note", "position"]})]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    def get_inlines(self, request, obj):
        return [AttributeValueInline] if obj is None or obj.is_chosen else []

    def get_readonly_fields(self, request, obj=None):
        used = obj is not None and (obj.facts.exists() or self.touched(obj).exists())
        return [*super().get_readonly_fields(request, obj), *(["kind"] if used else [])]

    @display(description=gettext_lazy("values"))
    def words(self, attribute: Attribute) -> str:
        if attribute.kind == Attribute.Kind.NUMBER:
            return attribute.own_unit or unit_sign(attribute.unit, get_language() or "en") or "–"
        return super().words(attribute) or "–"

    def touched(self, attribute: Attribute):
        chosen, told = Product.objects.filter(attributes__attribute=attribute), attribute.facts.values("product")
        return Product.objects.filter(pk__in=chosen.values("pk")) | Product.objects.filter(pk__in=told)


@admin.register(AttributeValue)
class AttributeValueAdmin(ValueAdmin):
    list_display = ["value", "attribute"]
    list_select_related = ["attribute"]
    search_fields = ["value_en", "value_es", "value_ru", "attribute__name_en", "code"]
    form = NamedWordsForm
    fields = ["attribute", "code", *in_all("value"), "position"]
    autocomplete_fields = ["attribute"]
