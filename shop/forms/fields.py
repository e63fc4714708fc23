"""Fields that take what people really type, and say how to mend what cannot be taken."""

import re

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from catalog.cleaning import clean_line, clean_text

CHOSEN = SafeString(" selected")


class PlainSelect(forms.Select):
    """A list of many options, written in one go: two hundred templates for two hundred countries take too long."""

    def render(self, name, value, attrs=None, renderer=None):
        attrs = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        chosen = "" if value is None else str(value)
        options = ((code, CHOSEN if str(code) == chosen else "", label) for code, label in self.choices)
        return format_html(
            "<select{}>{}</select>",
            flatatt(attrs),
            format_html_join("", '<option value="{}"{}>{}</option>', options),
        )


class LineField(forms.CharField):
    """A short text in any alphabet."""

    def to_python(self, value):
        return clean_line(super().to_python(value) or "")


class TextField(forms.CharField):
    """A text of several lines."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value):
        return clean_text(super().to_python(value) or "")


class EmailField(forms.EmailField):
    """An e-mail address, in small letters: that is how everything else looks it up."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("E-mail"))
        messages = {
            "required": _("Write your e-mail address: the order confirmation goes there."),
            "invalid": _("Write an e-mail address with an @ and a dot, such as ann@example.com."),
            "max_length": _("This address is too long: an e-mail address has at most 254 characters."),
        }
        kwargs["error_messages"] = messages | kwargs.get("error_messages", {})
        super().__init__(max_length=254, **kwargs)
        self.widget.attrs |= {
            "autocomplete": "email",
            "inputmode": "email",
            "enterkeyhint": "next",
            "autocapitalize": "none",
            "spellcheck": "false",
        }

    def to_python(self, value):
        return clean_line(super().to_python(value) or "").lower()


class VatNumberField(LineField):
    """The VAT number of a company in the European Union, in any spacing; its digits are checked by the form."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("VAT number"))
        kwargs.setdefault("help_text", _("With a number from another country of the EU you buy without tax."))
        kwargs.setdefault("error_messages", {})["invalid"] = _(
            "This is not a VAT number of the EU. Write it with the two letters of its country, such as ESB58378431."
        )
        super().__init__(max_length=40, required=False, **kwargs)
        self.widget = forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"})
        self.widget.attrs |= {"maxlength": 40, "enterkeyhint": "next", "spellcheck": "false", "data-reckons": True}


class PhoneField(LineField):
    """A telephone number in any spacing: digits, and what people put between them."""

    allowed = re.compile(r"[\d\s()+./\-–—x#,;*]*")

    def __init__(self, **kwargs):
        kwargs.setdefault("error_messages", {}).setdefault(
            "invalid", _("Write the number in digits, such as +34 600 123 456, or leave this empty.")
        )
        super().__init__(max_length=40, **kwargs)
        self.widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"})
        self.widget.attrs |= {"maxlength": 40, "enterkeyhint": "next"}

    def validate(self, value):
        super().validate(value)
        digits = sum(sign.isdigit() for sign in value)
        if value and (not self.allowed.fullmatch(value) or not 5 <= digits <= 20):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
