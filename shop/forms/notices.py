"""Asking to be told when something is back or cheaper."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketing.models import Notice
from shop.forms.fields import EmailField, LineField
from shop.forms.guard import GuardedForm
from shop.forms.kindness import KindForm


class NoticeForm(GuardedForm, KindForm, forms.Form):
    """An address, for a guest; a customer whose address is proven only presses the button."""

    email = EmailField(error_messages={"required": _("Write the e-mail address that we may write to.")})
    kind = forms.ChoiceField(choices=Notice.Kind.choices, widget=forms.HiddenInput)
    sku = LineField(max_length=80, widget=forms.HiddenInput)

    def __init__(self, *args, email: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        # Two such forms may stand on one page with others that ask for an address.
        self.fields["email"].widget.attrs["id"] = "notice-email"
        self.fields["email"].widget.attrs["enterkeyhint"] = "send"
        if email:
            del self.fields["email"]
