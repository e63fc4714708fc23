"""The part of a product's form that asks for the facts of its type."""

from django import forms
from django.utils.translation import gettext as _

from catalog.actions import facts
from catalog.admin.fact_fields import Asked, Kind, fields_of, name_of
from catalog.admin.languages import NAMES
from catalog.models import Attribute, Product
from catalog.words import languages


class FactsForm(forms.ModelForm):
    """Subclassed for each product with a field for each fact; see `form_for`. Whatever is wrong stands by its field."""

    asked = Asked([])

    def clean(self) -> dict:
        data = super().clean()
        for attribute in self.asked.texts:
            self._first_language_first(attribute, data)
        if data.get("status") in (Product.Status.PUBLISHED, Product.Status.SCHEDULED):
            self._insist(data)
        return data

    def _first_language_first(self, attribute: Attribute, data: dict) -> None:
        first, *others = languages()
        if not data.get(name_of(attribute, first)) and any(data.get(name_of(attribute, code)) for code in others):
            self.add_error(
                name_of(attribute, first), _("Write it in %(language)s as well.") % {"language": NAMES[first]}
            )

    def _insist(self, data: dict) -> None:
        for attribute in self.asked.attributes:
            field = name_of(attribute, languages()[0] if attribute.kind == Kind.TEXT else "")
            said = data.get(field)
            is_empty = said in (None, "", False) and not (said is False and attribute.kind == Kind.YES_NO)
            if attribute.is_chosen:
                is_empty = not said
            if attribute.pk in self.asked.required and field not in self.errors and is_empty:
                self.add_error(field, _("Fill this in to publish it, or keep it as a draft."))

    def _save_m2m(self) -> None:
        super()._save_m2m()
        if "facts" not in self.cleaned_data:
            return
        chosen = list(self.cleaned_data["facts"])
        for attribute in self.asked.attributes:
            if attribute.is_chosen:
                chosen += self.cleaned_data[name_of(attribute)]
        self.instance.attributes.set(chosen)
        facts.tell(self.instance, {attribute: self._answer(attribute) for attribute in self._changed()})

    def _changed(self) -> list[Attribute]:
        changed = set(self.changed_data)
        return [
            attribute
            for attribute in self.asked.attributes
            if not attribute.is_chosen
            and changed & {name_of(attribute), *(name_of(attribute, code) for code in languages())}
        ]

    def _answer(self, attribute: Attribute) -> facts.Answer:
        data = self.cleaned_data
        if attribute.kind == Kind.TEXT:
            words = {code: data[name_of(attribute, code)] for code in languages()}
            return words if any(words.values()) else None
        answer = data[name_of(attribute)]
        # A file that was ticked away is False.
        return None if attribute.kind == Kind.FILE and not answer else answer


def form_for(form: type[forms.ModelForm], asked: Asked, more: dict[str, forms.Field]) -> type[forms.ModelForm]:
    """The form with a field for everything asked, and with these fields too."""
    return type("ProductFormOfType", (form,), {**fields_of(asked), **more, "asked": asked})
