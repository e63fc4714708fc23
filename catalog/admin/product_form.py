"""The words and facts of a product, checked before they are kept."""

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from treebeard.forms import TreeNodeChoiceField
from unfold.widgets import UnfoldAdminSelectWidget

from catalog.admin.languages import WordsForm
from catalog.admin.money import MoneyField
from catalog.html import clean
from catalog.models import Category, Product
from catalog.naming import first_free
from catalog.words import languages


class ProductForm(WordsForm):
    category = TreeNodeChoiceField(queryset=Category.objects.order_by("path"), widget=UnfoldAdminSelectWidget)

    class Meta:
        model = Product
        fields = "__all__"  # noqa: DJ007

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._explain()
        if "slug" in self.fields:
            self.fields["slug"].required = False
        if "published_at" in self.fields:
            self.fields["published_at"].required = False

    def _explain(self) -> None:
        first = languages()[0]
        helps = {
            "category": "",
            "slug": _("The last part of its web address. Empty: made of the name."),
            "status": _("Drafts and archived goods are seen by staff only."),
            "published_at": _("Empty: the moment it is first published."),
            "options": _("What a shopper chooses, such as size. Save, then each variant asks for its values."),
            "attributes": _("What lists can be filtered by, such as linen or oak."),
            f"description_{first}": _("Simple HTML: paragraphs, lists, tables, links. Anything else is taken out."),
            f"summary_{first}": _("One sentence under the name, and what search engines show."),
        }
        for name, text in helps.items():
            if name in self.fields:
                self.fields[name].help_text = text
        if "category" in self.fields:
            self.fields["category"].label = Product._meta.get_field("category").verbose_name.capitalize()

    def clean_slug(self) -> str:
        name = self.data.get(f"name_{languages()[0]}", "")
        return self.cleaned_data["slug"] or free_slug(name, self.instance.pk)

    def clean(self) -> dict:
        data = super().clean()
        for language in languages():
            if f"description_{language}" in data:
                data[f"description_{language}"] = clean(data[f"description_{language}"] or "")
        if data.get("status") == Product.Status.PUBLISHED and not data.get("published_at"):
            data["published_at"] = self.instance.published_at or timezone.now()
        return data


def free_slug(name: str, pk: int | None = None) -> str:
    """An address that no other product has."""
    base = slugify(name)[:200] or "product"
    same = Product.objects.filter(Q(slug=base) | Q(slug__startswith=f"{base}-")).exclude(pk=pk)
    return first_free(base, set(same.values_list("slug", flat=True)))


class GenerateForm(forms.Form):
    """What the new variants cost."""

    price = MoneyField(label=gettext_lazy("Price of each new variant"), help_text=gettext_lazy("Including tax."))
