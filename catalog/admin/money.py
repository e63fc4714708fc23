"""Money in forms: people type 39.40 or 39,40, the shop keeps 3940."""

from django import forms
from django.conf import settings
from django.utils.formats import get_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from unfold.widgets import UnfoldAdminTextInputWidget

from catalog.money import Money, digits

# Beyond this it is a slip of the finger, and SQLite's integers end not far above.
MOST = 10**12


class MoneyField(forms.CharField):
    """An amount in major units of a currency, else the shop's; its value is whole minor units, or None when empty."""

    def __init__(self, *, least: int = 0, currency: str | None = None, **kwargs) -> None:
        self.currency = currency or settings.SHOP_CURRENCY
        attrs = {"inputmode": "decimal", "suffix": self.currency, "autocomplete": "off"}
        kwargs.setdefault("widget", UnfoldAdminTextInputWidget(attrs=attrs))
        super().__init__(**kwargs)
        self.least = least

    def speak(self, currency: str) -> None:
        """Read and write amounts of another currency, if there is such a one."""
        try:
            digits(currency)
        except ValueError:
            return
        self.currency = currency
        self.widget.attrs["suffix"] = currency

    def prepare_value(self, value):
        if not isinstance(value, int):
            return value
        return str(Money(value, self.currency).amount).replace(".", get_format("DECIMAL_SEPARATOR"))

    def clean(self, value) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            amount = Money.parse(text.replace(" ", "").replace("\u00a0", "").replace(",", "."), self.currency)
        except ValueError:
            raise forms.ValidationError(_("Write an amount such as 39.40.")) from None
        if amount.minor > MOST:
            raise forms.ValidationError(_("That is too much."))
        if amount.minor < self.least:
            raise forms.ValidationError(_("An amount below zero makes no sense here."))
        return amount.minor

    def has_changed(self, initial, data) -> bool:
        try:
            return self.clean(data) != initial
        except forms.ValidationError:
            return True


class MoneyAdmin:
    """Mixed into an admin class or inline: `money_fields` are typed in major units."""

    money_fields: tuple[str, ...] = ()

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in self.money_fields:
            return MoneyField(
                label=capfirst(db_field.verbose_name), help_text=db_field.help_text, required=not db_field.null
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)
