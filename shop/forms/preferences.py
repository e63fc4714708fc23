"""What is typed on the page of preferences: a number for texts, and the code that was sent to it."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from customers.texts import e164
from shop.forms.fields import LineField, PhoneField
from shop.forms.kindness import KindForm


class NumberForm(KindForm, forms.Form):
    """`number` is E.164 when it is valid."""

    number = PhoneField(
        label=_("Number for texts"),
        error_messages={
            "required": _("Write the number that texts may go to."),
            "invalid": _("Write the whole number with its country, such as +34 600 123 456."),
        },
    )

    def clean_number(self) -> str:
        number = e164(self.cleaned_data["number"], settings.SHOP_COUNTRY)
        if not number:
            raise forms.ValidationError(self.fields["number"].error_messages["invalid"], code="invalid")
        return number


class CodeForm(KindForm, forms.Form):
    """The code from the text."""

    code = LineField(
        label=_("Code from the text"),
        max_length=12,
        error_messages={"required": _("Write the six digits that we sent you.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": 12, "enterkeyhint": "send"}
        ),
    )
