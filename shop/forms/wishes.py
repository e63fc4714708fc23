"""What may be typed for a wish list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.forms.fields import LineField
from shop.forms.kindness import KindForm


class ListForm(KindForm, forms.Form):
    """The name of a list, and whether it is one for gifts."""

    name = LineField(
        label=_("Name of the list"), max_length=80, error_messages={"required": _("Give the list a name.")}
    )
    is_gift = forms.BooleanField(
        label=_("For gifts: others see no prices, and what was bought already is marked for them and not for you"),
        required=False,
    )
