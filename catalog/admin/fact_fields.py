"""A form field for each fact that the type of a product asks for, by the kind of its attribute."""

from dataclasses import dataclass, field
from decimal import Decimal

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminFileFieldWidget,
    UnfoldAdminSelect2MultipleWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
)

from catalog import attachments
from catalog.actions.facts import LONGEST
from catalog.measures import plain, say_size, unit_sign
from catalog.models import Attribute, Fact, Product, ProductType
from catalog.models.fact import DECIMALS, DIGITS
from catalog.words import languages

Kind = Attribute.Kind
# So many values can be ticked at a glance; more are searched.
TICKED_AT_MOST = 12


@dataclass
class Asked:
    """What the page of a product asks: its attributes in order, which are required, and what is said already."""

    attributes: list[Attribute]
    required: set[int] = field(default_factory=set)
    facts: dict[int, Fact] = field(default_factory=dict)
    chosen: dict[int, list[int]] = field(default_factory=dict)

    @property
    def texts(self) -> list[Attribute]:
        """Those that are asked for once in each language."""
        return [attribute for attribute in self.attributes if attribute.kind == Kind.TEXT]

    @property
    def others(self) -> list[Attribute]:
        return [attribute for attribute in self.attributes if attribute.kind != Kind.TEXT]


def asked_of(product: Product | None, type_: ProductType | None, former: ProductType | None = None) -> Asked:
    """The attributes of the type (and of the former one), and whatever is said already: nothing is out of sight."""
    rows = [row for one in (type_, former) if one for row in one.rows.select_related("attribute")]
    asked = Asked([], {row.attribute_id for row in rows if row.is_required and type_ and row.type_id == type_.pk})
    by_key = {row.attribute_id: row.attribute for row in rows}
    if product is not None and product.pk:
        for fact in product.facts.select_related("attribute", "reference"):
            asked.facts[fact.attribute_id] = fact
            by_key.setdefault(fact.attribute_id, fact.attribute)
        for value, attribute in product.attributes.values_list("pk", "attribute_id"):
            asked.chosen.setdefault(attribute, []).append(value)
    asked.attributes = list(by_key.values())
    return asked


def name_of(attribute: Attribute, language: str = "") -> str:
    return f"fact_{attribute.pk}_{language}" if language else f"fact_{attribute.pk}"


def fields_of(asked: Asked) -> dict[str, forms.Field]:
    """Form fields by name, each with what is said now."""
    fields: dict[str, forms.Field] = {}
    for attribute in asked.attributes:
        made = _fields(attribute, asked)
        for one in made.values():
            _explain(one, attribute, attribute.pk in asked.required)
        fields |= made
    return fields


def _fields(attribute: Attribute, asked: Asked) -> dict[str, forms.Field]:
    fact = asked.facts.get(attribute.pk)
    if attribute.kind == Kind.TEXT:
        return {name_of(attribute, code): _text(fact, code) for code in languages()}
    if attribute.is_chosen:
        return {name_of(attribute): _choice(attribute, asked.chosen.get(attribute.pk, []))}
    return {name_of(attribute): MAKERS[attribute.kind](attribute, fact)}


def _explain(form_field: forms.Field, attribute: Attribute, is_required: bool) -> None:
    needed = _("Needed to publish.") if is_required else ""
    form_field.label = attribute.name
    form_field.required = form_field.widget.is_required = False
    form_field.help_text = " ".join(filter(None, [attribute.note, needed, form_field.help_text]))


def _text(fact: Fact | None, language: str) -> forms.Field:
    said = getattr(fact, f"text_{language.replace('-', '_')}") if fact else ""
    widget = UnfoldAdminTextInputWidget(attrs={"lang": language})
    return forms.CharField(max_length=LONGEST, initial=said or "", widget=widget)


def _choice(attribute: Attribute, chosen: list[int]) -> forms.Field:
    values = attribute.values.all()
    few = values.count() <= TICKED_AT_MOST
    widget = UnfoldAdminCheckboxSelectMultipleWidget() if few else UnfoldAdminSelect2MultipleWidget()
    return forms.ModelMultipleChoiceField(values, initial=chosen, widget=widget)


class NumberField(forms.DecimalField):
    """People write 2,5 or 2.5, and 1 000 with a blank."""

    def to_python(self, value):
        if isinstance(value, str):
            value = "".join(value.split()).replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value):
        return plain(value) if isinstance(value, Decimal) else value


def _number(attribute: Attribute, fact: Fact | None) -> forms.Field:
    sign = attribute.own_unit or unit_sign(attribute.unit, get_language() or "en")
    attrs = {"inputmode": "decimal", "autocomplete": "off"} | ({"suffix": sign} if sign else {})
    return NumberField(
        max_digits=DIGITS,
        decimal_places=DECIMALS,
        initial=fact.number if fact else None,
        widget=UnfoldAdminTextInputWidget(attrs=attrs),
    )


def _yes_no(attribute: Attribute, fact: Fact | None) -> forms.Field:
    return forms.TypedChoiceField(
        choices=[("", "–"), ("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        initial={True: "yes", False: "no"}.get(fact.yes) if fact else "",
        widget=UnfoldAdminSelectWidget,
    )


class DayInput(UnfoldAdminTextInputWidget):
    """The browser's own calendar."""

    input_type = "date"

    def format_value(self, value):
        return value.isoformat() if hasattr(value, "isoformat") else value


def _day(attribute: Attribute, fact: Fact | None) -> forms.Field:
    return forms.DateField(initial=fact.day if fact else None, input_formats=["%Y-%m-%d"], widget=DayInput)


@dataclass(frozen=True)
class Kept:
    """A kept file, as the widget shows it."""

    url: str
    name: str

    def __str__(self) -> str:
        return self.name


class AttachmentField(forms.FileField):
    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        if upload and upload is not initial:
            try:
                attachments.check(upload.name, upload.size, upload)
            except attachments.NotTaken as refusal:
                raise forms.ValidationError(str(refusal)) from None
        return upload


def _file(attribute: Attribute, fact: Fact | None) -> forms.Field:
    kept = None
    if fact:
        size = say_size(fact.size, get_language() or "en")
        kept = Kept(reverse("admin:catalog_product_file", args=[fact.product_id, fact.pk]), f"{fact.path}, {size}")
    widget = UnfoldAdminFileFieldWidget(attrs={"accept": attachments.ACCEPTED})
    return AttachmentField(initial=kept, max_length=200, widget=widget)


def _reference(attribute: Attribute, fact: Fact | None) -> forms.Field:
    widget = AutocompleteSelect(Fact._meta.get_field("reference"), admin.site)
    made = forms.ModelChoiceField(Product.objects.all(), initial=fact.reference_id if fact else None, widget=widget)
    widget.choices = made.choices
    return made


MAKERS = {
    Kind.NUMBER: _number,
    Kind.YES_NO: _yes_no,
    Kind.DATE: _day,
    Kind.FILE: _file,
    Kind.REFERENCE: _reference,
}
