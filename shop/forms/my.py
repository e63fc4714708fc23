"""What customers may change about themselves."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from shop.forms.fields import LineField
from shop.forms.kindness import KindForm
from shop.newsletter import NEWS_WORDING


class PreferencesForm(KindForm, forms.Form):
    """Name, language and post."""

    name = LineField(
        label=_("Full name"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name", "enterkeyhint": "next"}),
    )
    language = forms.ChoiceField(
        label=_("Language of our letters"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    news = forms.BooleanField(label=NEWS_WORDING, required=False)
