"""Choosing one of thousands: what is typed is looked for, and a category is called by its whole path."""

from django import forms
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect, get_select2_language
from django.utils.translation import get_language
from unfold.contrib.filters.admin import AutocompleteSelectFilter
from unfold.contrib.filters.forms import AutocompleteDropdownForm

from catalog.admin.choices import SHORT
from catalog.models import Category, Product
from catalog.queries.category_names import full_names


class PickerView(AutocompleteJsonView):
    """What a picker of the back office is answered; stands at the address of Django's own.

    An admin class may say with `in_pickers(rows, language) -> {pk: words}` what its rows are called there.
    """

    def get_context_data(self, **kwargs) -> dict:
        context = super().get_context_data(**kwargs)
        rows = context["object_list"] = list(context["object_list"])
        call = getattr(self.model_admin, "in_pickers", None)
        self.said = call(rows, get_language() or "en") if call else {}
        return context

    def serialize_result(self, obj, to_field_name: str) -> dict:
        told = super().serialize_result(obj, to_field_name)
        return {**told, "text": self.said.get(obj.pk, told["text"])}


class Picker(AutocompleteSelect):
    """In the language of the request, also where the field was made when the program began."""

    i18n_name = property(lambda self: get_select2_language(), lambda self, value: None)

    def __init__(self, *args, placeholder="", **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.placeholder = placeholder

    def build_attrs(self, base_attrs, extra_attrs=None) -> dict:
        return super().build_attrs(base_attrs, extra_attrs) | {"data-placeholder": str(self.placeholder)}


class CategoryPicker(Picker):
    """Shows a short tree whole, so that it can be chosen from without a script; a longer one is looked through."""

    def optgroups(self, name, value, attrs=None) -> list[tuple]:
        rows = list(self.choices.queryset.order_by("path")[: SHORT + 1])
        if len(rows) > SHORT:
            return super().optgroups(name, value, attrs)
        names, chosen = full_names(rows, get_language() or "en"), {str(one) for one in value}
        pairs = [("", ""), *((row.pk, names[row.pk]) for row in rows)]
        options = [self.create_option(name, pk, words, str(pk) in chosen, at) for at, (pk, words) in enumerate(pairs)]
        return [(None, options, 0)]


class CalledByPath:
    """For a field of categories."""

    def label_from_instance(self, obj: Category) -> str:
        return full_names([obj], get_language() or "en")[obj.pk]


class CategoryField(CalledByPath, forms.ModelChoiceField):
    """One category; the form holds the chosen one alone, however large the tree is."""

    def __init__(self, queryset=None, *, placeholder="", **kwargs) -> None:
        if "widget" not in kwargs:
            # Any column that leads to categories: the view asks it what may be looked for.
            kwargs["widget"] = CategoryPicker(Product._meta.get_field("category"), admin.site, placeholder=placeholder)
        super().__init__(Category.objects.order_by("path") if queryset is None else queryset, **kwargs)


class CategoriesField(CalledByPath, forms.ModelMultipleChoiceField):
    """Several of them."""


class _CategoryFilterForm(AutocompleteDropdownForm):
    field = CategoryField


class BelowCategory(AutocompleteSelectFilter):
    """A category with everything below it."""

    form_class = _CategoryFilterForm

    def queryset(self, request, queryset):
        value = self.value() or ""
        if not value:
            return queryset
        known = value.isascii() and value.isdecimal() and len(value) < 15
        path = Category.objects.filter(pk=value).values_list("path", flat=True).first() if known else None
        return queryset.filter(category__path__startswith=path) if path else queryset.none()
