"""An address as its country writes it: labels, what is asked and what is accepted follow the country."""

from functools import lru_cache

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from customers.address_rules import Rules, rules_for
from customers.models import PostalAddress
from shop.forms.countries import AREA_NAMES, POSTCODE_NAMES
from shop.forms.fields import LineField, PhoneField, PlainSelect
from shop.forms.kindness import KindForm


def country_choices(codes=None) -> list[tuple[str, str]]:
    """Countries by name in the language of the page; all, or those of the codes."""
    return list(_chosen(get_language() or "en", None if codes is None else frozenset(codes)))


@lru_cache(maxsize=64)
def _chosen(language: str, codes: frozenset[str] | None) -> tuple[tuple[str, str], ...]:
    return tuple((code, name) for code, name in _by_name(language) if codes is None or code in codes)


@lru_cache(maxsize=8)
def _by_name(language: str) -> tuple[tuple[str, str], ...]:
    return tuple((code, str(name)) for code, name in countries)


def line(label, autocomplete: str, limit: int, missing="", **kwargs) -> LineField:
    """A text field with what browsers and phones need to fill it in."""
    attrs = {"autocomplete": autocomplete, "enterkeyhint": "next", **kwargs.pop("attrs", {})}
    messages = {
        "required": missing,
        "max_length": _("This is too long: leave at most %(limit_value)d characters."),
    }
    return LineField(
        label=label,
        max_length=limit,
        required=bool(missing),
        error_messages=messages,
        widget=forms.TextInput(attrs=attrs),
        **kwargs,
    )


class AddressForm(KindForm, forms.Form):
    """Where something goes. `section` is the autofill section: `shipping`, `billing` or nothing."""

    MAIN = ("country", "name", "line1", "postcode", "city", "region")
    EXTRA = ("line2", "company", "phone")

    country = forms.ChoiceField(
        label=_("Country"),
        error_messages={
            "required": _("Choose the country."),
            "invalid_choice": _("We do not deliver there. Choose one of the countries in the list."),
        },
        widget=PlainSelect(attrs={"autocomplete": "country", "enterkeyhint": "next"}),
    )
    name = line(_("Full name"), "name", 160, _("Write the name that stands on the door or the letter box."))
    line1 = line(_("Street and number"), "address-line1", 200, _("Write the street and the number."))
    postcode = line(_("Postcode"), "postal-code", 20, _("Write the postcode."))
    city = line(_("Town"), "address-level2", 120, _("Write the town."))
    region = line(_("Region"), "address-level1", 120, _("Choose the region."))
    line2 = line(_("Flat, floor, entrance"), "address-line2", 200)
    company = line(_("Company"), "organization", 160)
    phone = PhoneField(
        label=_("Phone"), required=False, help_text=_("Only for the carrier, should the door stay shut.")
    )

    def __init__(self, *args, country: str, codes=None, section: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.rules = rules_for(country)
        self.fields["country"].choices = country_choices(codes)
        self.initial.setdefault("country", country)
        self._fit_postcode()
        self._fit_region()
        if not self.rules.needs_city:
            self.fields["city"].required = False
        if section:
            self._put_in_section(section)
        self.tell_widgets()

    def main_fields(self) -> list:
        return [self[name] for name in self.MAIN if name in self.fields]

    def extra_fields(self) -> list:
        return [self[name] for name in self.EXTRA if name in self.fields]

    @property
    def extra_used(self) -> bool:
        """Whether the folded part holds something, so that it stands open."""
        return any(field.value() or field.errors for field in self.extra_fields())

    def clean(self) -> dict:
        cleaned = super().clean()
        self._clean_postcode(cleaned, rules_for(cleaned.get("country") or self.rules.country))
        return cleaned

    def address(self) -> dict:
        """The fields of a PostalAddress, none missing."""
        found = {name: self.cleaned_data.get(name) or "" for name in PostalAddress.FIELDS}
        # Where an address has no town (Singapore, Hong Kong) the parcel still needs a word on that line.
        found["city"] = found["city"] or found["region"] or dict(countries)[found["country"]]
        return found

    def _fit_postcode(self) -> None:
        rules, field = self.rules, self.fields["postcode"]
        if not rules.has_postcode:
            del self.fields["postcode"]
            return
        field.label = POSTCODE_NAMES.get(rules.postcode_name, _("Postcode"))
        field.required = rules.needs_postcode
        # Letters and digits mixed need the full keyboard; plain digits get the large keys.
        digits = rules.example.isdigit()
        field.widget.attrs |= {"inputmode": "numeric" if digits else "text", "autocapitalize": "characters"}
        field.widget.attrs["class"] = "short"

    def _fit_region(self) -> None:
        rules = self.rules
        if not rules.asks_area:
            del self.fields["region"]
            return
        field = self.fields["region"]
        field.label = AREA_NAMES.get(rules.area_name, _("Region"))
        if choices := rules.area_choices():
            message = _("Choose one from the list.")
            self.fields["region"] = forms.ChoiceField(
                label=field.label,
                choices=[("", ""), *choices],
                error_messages={"required": message, "invalid_choice": message},
                widget=PlainSelect(attrs={"autocomplete": "address-level1", "enterkeyhint": "next"}),
            )

    def _put_in_section(self, section: str) -> None:
        for name, field in self.fields.items():
            token = field.widget.attrs.get("autocomplete")
            if token and name != "email":
                field.widget.attrs["autocomplete"] = f"{section} {token}"

    def _clean_postcode(self, cleaned: dict, rules: Rules) -> None:
        postcode = rules.tidy(cleaned.get("postcode") or "")
        if postcode and rules.has_postcode and not rules.fits(postcode):
            message = _("This is not a postcode of the country chosen. Write it like %(example)s.")
            self.add_error("postcode", message % {"example": rules.example})
            return
        cleaned["postcode"] = postcode
        cleaned["region"] = cleaned.get("region") or rules.area_of(postcode)


class AddressBookForm(AddressForm):
    """An entry of the address book, to add or to change."""

    is_default = forms.BooleanField(label=_("My usual address"), required=False)
