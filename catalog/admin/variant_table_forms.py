"""The rows of the table of variants, and what is done to many of them."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.actions.variant_table import Row
from catalog.admin.money import MoneyField
from catalog.models import Variant

MOST_PIECES = 1_000_000


def _box(**attrs) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": "off", "class": "office-cell", **attrs})


class RowForm(forms.Form):
    """One variant. Its fields are written small: fifty rows of them stand on a page."""

    price = MoneyField(label=gettext_lazy("price"), widget=_box(inputmode="decimal", size=8))
    before = MoneyField(label=gettext_lazy("price before"), required=False, widget=_box(inputmode="decimal", size=8))
    on_hand = forms.IntegerField(
        label=gettext_lazy("on hand"),
        required=False,
        min_value=0,
        max_value=MOST_PIECES,
        widget=_box(inputmode="numeric", size=5),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    is_active = forms.BooleanField(label=gettext_lazy("for sale"), required=False)

    def __init__(self, variant: Variant, data=None) -> None:
        levels = list(variant.levels.all()) if variant.tracks_stock else []
        self.variant, self.level = variant, levels[0] if len(levels) == 1 else None
        self.number_of_levels = len(levels)
        initial = {"price": variant.price, "before": variant.compare_at_price, "is_active": variant.is_active}
        if self.level:
            initial |= {"on_hand": self.level.on_hand, "seen": self.level.on_hand}
        super().__init__(data, prefix=f"v{variant.pk}", initial=initial)
        self.use_required_attribute = False
        for name in self.fields.keys() - {"seen"}:
            # The column says what it is only to those who see the table.
            field = self.fields[name]
            field.widget.attrs["aria-label"] = f"{self.words or variant.sku}, {field.label}"
        if not self.level:
            del self.fields["on_hand"], self.fields["seen"]

    @property
    def words(self) -> str:
        return " · ".join(str(value) for value in self.variant.values.all())

    def clean(self) -> dict:
        data = super().clean()
        price, before = data.get("price"), data.get("before")
        if price is not None and before is not None and before <= price:
            self.add_error("before", _("The price before must be higher than the price now."))
        return data

    @property
    def row(self) -> Row:
        data = self.cleaned_data
        stock = {}
        if self.level and data.get("on_hand") is not None and data.get("seen") is not None:
            stock = {"level_id": self.level.pk, "seen": data["seen"], "on_hand": data["on_hand"]}
        return Row(self.variant.pk, data["price"], data["before"], data["is_active"], **stock)


class ManyForm(forms.Form):
    """What is done to the ticked variants, or to all that the search shows."""

    PRICE, RAISE, SELL, STOP, DELETE = "price", "raise", "sell", "stop", "delete"
    WHAT = [
        (PRICE, gettext_lazy("set the price to")),
        (RAISE, gettext_lazy("raise the price by percent")),
        (SELL, gettext_lazy("put on sale")),
        (STOP, gettext_lazy("take off sale")),
        (DELETE, gettext_lazy("delete")),
    ]

    what = forms.ChoiceField(label=gettext_lazy("What"), choices=WHAT)
    value = forms.CharField(label=gettext_lazy("Price or percent"), required=False, max_length=20, widget=_box(size=8))
    scope = forms.ChoiceField(
        label=gettext_lazy("Which"),
        choices=[("ticked", gettext_lazy("the ticked ones")), ("all", gettext_lazy("all that are found"))],
    )

    def clean(self) -> dict:
        data = super().clean()
        what, value = data.get("what"), data.get("value", "").strip()
        if what == self.PRICE:
            data["amount"] = self._read(MoneyField(), value)
        if what == self.RAISE:
            data["amount"] = self._read(forms.IntegerField(min_value=-90, max_value=900), value)
        return data

    def _read(self, field: forms.Field, value: str):
        try:
            return field.clean(value)
        except forms.ValidationError as fault:
            self.add_error("value", fault)
            return None
