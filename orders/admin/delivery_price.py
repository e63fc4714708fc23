"""Prices of a delivery method that differ: by zone, weight, value or number, and in other currencies."""

from decimal import Decimal, InvalidOperation

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import TabularInline
from unfold.widgets import UnfoldAdminTextInputWidget

from catalog.admin.money import MOST, MoneyField
from catalog.money import Money, digits
from orders.models import DeliveryMethod, DeliveryPrice

Counts = DeliveryMethod.Counts


class UpToField(forms.CharField):
    """A limit as people say it: kilograms, an amount, or pieces. Its value is grams, minor units or pieces."""

    def __init__(self, **kwargs) -> None:
        widget = UnfoldAdminTextInputWidget(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(required=False, widget=widget, **kwargs)
        self.counts, self.currency = Counts.WEIGHT, settings.SHOP_CURRENCY

    def prepare_value(self, value):
        if not isinstance(value, int):
            return value
        if self.counts == Counts.VALUE:
            return str(Money(value, self.currency).amount)
        return f"{Decimal(value) / 1000:f}" if self.counts == Counts.WEIGHT else str(value)

    def clean(self, value) -> int | None:
        text = super().clean(value).replace(" ", "").replace("\u00a0", "").replace(",", ".")
        if not text:
            return None
        try:
            found = self._read(text)
        except (ValueError, InvalidOperation):
            raise forms.ValidationError(_("Write a limit such as 5 or 2.5.")) from None
        if not 0 <= found <= MOST:
            raise forms.ValidationError(_("Write a limit such as 5 or 2.5."))
        return found

    def has_changed(self, initial, data) -> bool:
        try:
            return self.clean(data) != initial
        except forms.ValidationError:
            return True

    def _read(self, text: str) -> int:
        if self.counts == Counts.VALUE:
            return Money.parse(text, self.currency).minor
        number = Decimal(text) * (1000 if self.counts == Counts.WEIGHT else 1)
        if not number.is_finite() or number > MOST or number != int(number):
            raise ValueError(text)
        return int(number)


class DeliveryPriceForm(forms.ModelForm):
    """Amounts are read in the decimals of the currency beside them, so the currency is asked for first."""

    up_to = UpToField(
        label=gettext_lazy("Up to"), help_text=gettext_lazy("In kilograms, or in what the prices depend on.")
    )
    price = MoneyField(label=gettext_lazy("Price"), required=False)
    free_from = MoneyField(label=gettext_lazy("Free from"), required=False)

    class Meta:
        model = DeliveryPrice
        fields = ["zone", "currency", "up_to", "price", "free_from"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        typed = (self.data.get(self.add_prefix("currency")) if self.is_bound else self.instance.currency) or ""
        for name in ("price", "free_from"):
            self.fields[name].speak(typed.strip().upper())
        self.fields["currency"].initial = settings.SHOP_CURRENCY
        method = self.instance.method if self.instance.method_id else None
        limit = self.fields["up_to"]
        limit.counts = self.data.get("counts") or (method.counts if method else limit.counts)
        limit.currency = self.fields["price"].currency

    def clean_currency(self) -> str:
        currency = self.cleaned_data["currency"].strip().upper()
        try:
            digits(currency)
        except ValueError:
            raise forms.ValidationError(_("There is no such currency.")) from None
        return currency

    def clean(self) -> dict:
        data = super().clean()
        own = data.get("currency") == settings.SHOP_CURRENCY
        if own and data.get("zone") is None and data.get("up_to") is None and "up_to" not in self.errors:
            self.add_error("currency", _("The price in the shop's own currency stands above."))
        if data.get("price") is None and data.get("zone") is None and "price" not in self.errors:
            self.add_error("price", _("Only for a zone may the price be left out."))
        return data


class DeliveryPriceInline(TabularInline):
    model = DeliveryPrice
    form = DeliveryPriceForm
    extra = 0
    autocomplete_fields = []
