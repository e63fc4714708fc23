"""The account offered after an order: only a password to choose."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from shop.forms.kindness import KindForm


class AccountOfferForm(KindForm, forms.Form):
    """A password for the address of the order."""

    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        max_length=128,
        help_text=_("At least 10 characters; a short sentence is easy to remember."),
        error_messages={"required": _("Choose a password of at least 10 characters.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "enterkeyhint": "done"}),
    )

    def __init__(self, *args, email: str, name: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.somebody = Customer(email=email, name=name)

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        validate_password(password, self.somebody)
        return password
