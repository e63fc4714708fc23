"""The words and facts of a product, checked before they are kept."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.actions import pictures
from catalog.actions.addresses import kind_of
from catalog.admin.addresses import own_address
from catalog.admin.facts_form import FactsForm
from catalog.admin.first_variants import FirstVariantsForm
from catalog.admin.languages import NAMES, WordsForm, in_all
from catalog.admin.pickers import CategoryField
from catalog.admin.rich_text import make_rich
from catalog.admin.several_pictures import SeveralPictures
from catalog.html import clean
from catalog.models import AttributeValue, BundleItem, OldAddress, Product
from catalog.naming import first_free
from catalog.words import languages

Status = Product.Status
# Emptied fields mean that pieces are sold one by one.
ONE_BY_ONE = ("min_quantity", "quantity_step")


class ProductForm(FactsForm, FirstVariantsForm, WordsForm):
    category = CategoryField()

    # Not by the name of its column: a control called "attributes" would hide that property of the <form> from scripts.
    facts = forms.ModelMultipleChoiceField(
        queryset=AttributeValue.objects.select_related("attribute"),
        required=False,
        label=gettext_lazy("Attributes"),
        help_text=gettext_lazy("What lists can be filtered by, such as linen or oak."),
    )

    new_pictures = SeveralPictures()

    class Meta:
        model = Product
        exclude = ["attributes"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._explain()
        make_rich(self, *in_all("description"))
        if "facts" in self.fields:
            column = Product._meta.get_field("attributes")
            self.fields["facts"].widget = AutocompleteSelectMultiple(column, admin.site)
            self.fields["facts"].widget.choices = self.fields["facts"].choices
            self._ask_for_the_rest()
        if "slug" in self.fields:
            self.fields["slug"].required = False
        for name in ("published_at", *ONE_BY_ONE):
            if name in self.fields:
                self.fields[name].required = False

    def _ask_for_the_rest(self) -> None:
        """What has a field of its own is not asked twice."""
        own = [attribute.pk for attribute in self.asked.attributes]
        mine = self.instance.attributes.exclude(attribute__in=own) if self.instance.pk else []
        self.fields["facts"].initial = mine
        if own:
            self.fields["facts"].label = _("Further attributes")

    def _label(self, word, language: str) -> str:
        """Names stand side by side, the longer words in a tab for each language."""
        name = Product._meta.get_field("name").verbose_name
        return f"{capfirst(word)} · {NAMES[language]}" if word == name else super()._label(word, language)

    def _explain(self) -> None:
        first = languages()[0]
        helps = {
            "category": "",
            "slug": _("The last part of its web address. Empty: made of the name."),
            "status": _("Drafts are seen by staff only; a scheduled product shows itself on its day."),
            "published_at": _("Empty: the moment it is first published."),
            "options": _("What a shopper chooses, such as size. Save, then each variant asks for its values."),
            f"summary_{first}": _("One sentence under the name, and what search engines show."),
        }
        for name, text in helps.items():
            if name in self.fields:
                self.fields[name].help_text = text
        if "category" in self.fields:
            self.fields["category"].label = Product._meta.get_field("category").verbose_name.capitalize()

    def clean_slug(self) -> str:
        name = self.data.get(f"name_{languages()[0]}", "")
        return own_address(self, Product) or free_slug(name, self.instance.pk)

    def clean_kind(self) -> str:
        kind = self.cleaned_data["kind"]
        within = BundleItem.objects.filter(component__product=self.instance.pk) if self.instance.pk else None
        if kind == Product.Kind.BUNDLE and within is not None and within.exists():
            raise forms.ValidationError(_("This is part of a set already, and a set cannot hold another set."))
        return kind

    def clean(self) -> dict:
        data = super().clean()
        for language in languages():
            if f"description_{language}" in data:
                data[f"description_{language}"] = clean(data[f"description_{language}"] or "")
        for name in ONE_BY_ONE:
            if name in data and data[name] is None:
                data[name] = 1 if self.add_prefix(name) in self.data else getattr(self.instance, name)
        self._check_dates(data)
        if data.get("status") == Product.Status.PUBLISHED and not data.get("published_at"):
            data["published_at"] = self.instance.published_at or timezone.now()
        return data

    def _check_dates(self, data: dict) -> None:
        begins, ends = data.get("publish_at"), data.get("unpublish_at")
        if data.get("status") == Product.Status.SCHEDULED and not begins:
            self.add_error("publish_at", _("Say when it is to be published."))
        if begins and ends and ends <= begins:
            self.add_error("unpublish_at", _("It has to be later than the day it is published."))
        elif ends and ends <= timezone.now() and data.get("status") in (Status.SCHEDULED, Status.PUBLISHED):
            self.add_error("unpublish_at", _("This moment is over. Choose a later one, or leave it empty."))

    def take_pictures(self, product: Product) -> None:
        """The new pictures, after those that are there, in the order in which they were chosen."""
        for file in self.cleaned_data.get("new_pictures") or []:
            pictures.take(file, product)


def free_slug(name: str, pk: int | None = None) -> str:
    """An address that no other product has."""
    base = slugify(name)[:200] or "product"
    same = Product.objects.filter(Q(slug=base) | Q(slug__startswith=f"{base}-")).exclude(pk=pk)
    old = OldAddress.objects.filter(kind=kind_of(Product), slug__startswith=base).exclude(target_id=pk)
    return first_free(base, {*same.values_list("slug", flat=True), *old.values_list("slug", flat=True)})
