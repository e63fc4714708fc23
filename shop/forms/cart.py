"""What may be sent to the cart."""

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from orders.models.cart import MAX_QUANTITY
from shop.forms.fields import LineField


def _whole(least: int) -> str:
    return gettext("Write the quantity as a whole number from %(least)d to 999.") % {"least": least}


# Said in the language of whoever reads it: the fields are made before there is one.
WHOLE = lazy(_whole, str)


class QuantityField(forms.IntegerField):
    """How many: a whole number in any digits, at most as many as a line may hold."""

    def __init__(self, least: int):
        message = WHOLE(least)
        messages = dict.fromkeys(("required", "invalid", "min_value", "max_value"), message)
        super().__init__(min_value=least, max_value=MAX_QUANTITY, error_messages=messages)

    def to_python(self, value):
        # int() refuses huge texts and takes a while for large ones; a quantity has three digits.
        if isinstance(value, str) and len(value.strip()) > 12:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class AddLineForm(forms.Form):
    """So many of a variant, from a product page."""

    sku = LineField(max_length=80, error_messages={"required": _("Choose a variant first.")})
    quantity = QuantityField(least=1)

    def __init__(self, data):
        data = data.copy()
        data.setdefault("quantity", "1")
        super().__init__(data)

    @property
    def complaint(self) -> str:
        return next(iter(self.errors.values()))[0]


class ChangeLineForm(forms.Form):
    """Another quantity for a line; 0 removes it."""

    quantity = QuantityField(least=0)

    @property
    def complaint(self) -> str:
        return next(iter(self.errors.values()))[0]
