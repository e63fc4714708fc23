"""Rates in forms: people type 21 or 5.2, the shop keeps 2100 or 520."""

from decimal import Decimal

from django import forms
from unfold.widgets import UnfoldAdminTextInputWidget


class PercentField(forms.DecimalField):
    """Its value is whole hundredths of a percent."""

    def __init__(self, **kwargs) -> None:
        attrs = {"inputmode": "decimal", "suffix": "%"}
        kwargs.setdefault("widget", UnfoldAdminTextInputWidget(attrs=attrs))
        super().__init__(min_value=0, max_value=100, decimal_places=2, **kwargs)

    def prepare_value(self, value):
        return f"{Decimal(value) / 100:f}" if isinstance(value, int) else value

    def to_python(self, value):
        return super().to_python(str(value).replace(",", ".").strip() if value else value)

    def clean(self, value) -> int:
        return int(super().clean(value) * 100)

    def has_changed(self, initial, data) -> bool:
        try:
            return self.clean(data) != initial
        except (forms.ValidationError, TypeError):
            return True
