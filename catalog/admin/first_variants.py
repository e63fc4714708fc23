"""The first variants of a new product: tick the values that are sold, say one price, and all are made on saving."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from catalog.actions.variants import MOST, generate
from catalog.admin.money import MoneyField
from catalog.models import Option, OptionValue, Product, ProductType

PRICE = "first_price"


def name_of(option: Option) -> str:
    return f"axis_{option.pk}"


def axes_of(request, type_: ProductType | None) -> list[Option]:
    """The options that the type suggests and that have values; read once."""
    if type_ is None:
        return []
    if not hasattr(request, "axes_of_type"):
        options = type_.options.prefetch_related("values")
        request.axes_of_type = [option for option in options if option.values.all()]
    return request.axes_of_type


def axis_fields(options: list[Option], used: set[int] = frozenset()) -> dict[str, forms.Field]:
    """A list of values to tick for each option; `used` are ticked already."""
    return {
        name_of(option): forms.ModelMultipleChoiceField(
            OptionValue.objects.filter(option=option),
            label=option.name,
            required=False,
            initial=[value.pk for value in option.values.all() if value.pk in used],
            widget=UnfoldAdminCheckboxSelectMultipleWidget,
        )
        for option in options
    }


class FirstVariantsForm(forms.ModelForm):
    """The part of a new product's form that makes its variants."""

    first_price = MoneyField(
        label=gettext_lazy("Price of each variant"),
        help_text=gettext_lazy("Including tax. It can differ by variant later."),
        required=False,
    )

    def ticked(self) -> dict[str, list[OptionValue]]:
        names = [name for name in self.cleaned_data if name.startswith("axis_")]
        return {name: list(self.cleaned_data[name]) for name in names}

    def clean(self) -> dict:
        data = super().clean()
        ticked = self.ticked()
        if not any(ticked.values()):
            return data
        wanted = {name_of(option) for option in data.get("options", [])}
        number = 1
        for name, values in ticked.items():
            number *= max(len(values), 1)
            if not values and name in wanted:
                self.add_error(name, _("Tick at least one, or take this option away from the product."))
        if number > MOST:
            self.add_error(None, _("The options make %(number)d variants; that is too many.") % {"number": number})
        if data.get(PRICE) is None and PRICE not in self.errors:
            self.add_error(PRICE, _("Say what the variants cost."))
        return data

    def make_variants(self, product: Product) -> int:
        """After everything else was saved; returns how many were made."""
        values = [value for values in self.ticked().values() for value in values]
        if not values:
            return 0
        product.options.add(*{value.option_id for value in values})
        return len(generate(product, self.cleaned_data[PRICE], among=values))
