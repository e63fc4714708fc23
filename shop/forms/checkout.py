"""The one form of the checkout."""

from django import forms
from django.utils.translation import gettext_lazy as _

from customers.texts import e164
from orders.tax import VatNumber, provider, read_number
from shop.forms.address import AddressForm
from shop.forms.fields import EmailField, PhoneField, TextField, VatNumberField
from shop.newsletter import NEWS_WORDING

ANOTHER_DELIVERY = _("This way of delivery does not go there. Choose one of those shown now.")
ANOTHER_PAYMENT = _("This way to pay is not offered for this order. Choose another one.")
ANOTHER_POINT = _("Choose the pick-up point: write a postcode or a town, and tick one of those shown.")
NEW_ADDRESS = "new"


class CheckoutForm(AddressForm):
    """Who orders, where it goes, how it is sent and paid.

    With `texts` its steps may be told by text. `ways` and `offers` are the codes of what may be chosen; without
    `sends` no address is asked, only the country that tax is counted for. `book` are the entries of a customer's
    address book. Who `picks_up` needs no address, and may have to choose one of the `points`; where the country
    `is_split` into zones, its postcode or state decides what is offered.
    """

    EXTRA = ("line2", "phone", "note")
    TEXTS = ("text_me", "text_number")
    COMPANY = ("company", "vat_number")
    # As on the page, so that the list of faults reads from top to bottom.
    field_order = ("email", "news", "address", *AddressForm.MAIN, *TEXTS, *EXTRA, *COMPANY)

    email = EmailField()
    news = forms.BooleanField(label=NEWS_WORDING, required=False)
    note = TextField(label=_("A note for us"), max_length=1000, required=False)
    text_me = forms.BooleanField(label=_("Text me about this order"), required=False)
    text_number = PhoneField(
        label=_("Mobile number"),
        required=False,
        help_text=_("We write only when something happens with this order, and use the number for nothing else."),
    )
    vat_number = VatNumberField()
    other_billing = forms.BooleanField(label=_("The invoice goes to another address"), required=False)
    keep = forms.BooleanField(label=_("Keep this address in my address book"), required=False)
    delivery = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    point = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    payment = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    address = forms.ChoiceField(required=False, widget=forms.RadioSelect)

    def __init__(
        self,
        *args,
        sends: bool,
        ways,
        offers,
        customer=None,
        book=(),
        picks_up=False,
        points=None,
        is_split=False,
        texts=False,
        **kwargs,
    ):
        super().__init__(*args, section="shipping" if sends else "", **kwargs)
        self.sends, self.picks_up, self.book = sends, picks_up, {str(entry.pk): entry for entry in book}
        self._offer("delivery", offers if sends else [], ANOTHER_DELIVERY)
        self._offer("point", points or [], ANOTHER_POINT)
        self.fields["point"].required = points is not None
        self._offer("payment", ways, ANOTHER_PAYMENT)
        self._offer("address", [*self.book, NEW_ADDRESS] if self.book else [], _("Choose an address."))
        if not sends:
            self._drop("line1", "line2", "city", "postcode", "region", "phone", "other_billing")
        if not (sends and texts):
            self._drop(*self.TEXTS)
        self._drop("email" if customer else "keep")
        if is_split:
            for name in self.fields.keys() & {"postcode", "region"}:
                self.fields[name].widget.attrs["data-reckons"] = True
        if picks_up:
            self._ask_no_address()
        elif self.from_book:
            # They stay on the page, folded, for who chooses another address after all.
            for name in self.fields.keys() & set(self.MAIN):
                self.fields[name].required = False

    def company_fields(self) -> list:
        return [self[name] for name in self.COMPANY]

    @property
    def company_used(self) -> bool:
        """Whether somebody buys for a company, so that its fields stand open."""
        return any(field.value() or field.errors for field in self.company_fields())

    @property
    def chosen_address(self) -> str:
        """What is ticked: an entry of the address book, or `new`."""
        value = str(self["address"].value() or "")
        return value if value in self.book else NEW_ADDRESS

    @property
    def from_book(self):
        """The entry of the address book that it goes to, if one is chosen."""
        return self.book.get(self.chosen_address) if self.sends and not self.picks_up else None

    @property
    def is_new_address(self) -> bool:
        """Whether an address was typed that the address book may keep."""
        return self.sends and not self.picks_up and not self.from_book

    def destination(self) -> dict:
        """The fields of a postal address."""
        if self.from_book:
            found = {name: str(getattr(self.from_book, name)) for name in self.from_book.FIELDS}
            return {**found, "company": self.cleaned_data.get("company") or found["company"]}
        return self.address()

    def clean(self) -> dict:
        cleaned = super().clean()
        if typed := cleaned.get("vat_number"):
            country = str(self.from_book.country) if self.from_book else cleaned.get("country") or ""
            self._clean_number(cleaned, read_number(typed, country))
        if cleaned.get("text_me"):
            self._clean_texts(cleaned)
        return cleaned

    def _clean_texts(self, cleaned: dict) -> None:
        country = cleaned.get("country") or self.rules.country
        typed = cleaned.get("text_number") or cleaned.get("phone") or ""
        if self.from_book and not typed:
            country, typed = str(self.from_book.country), self.from_book.phone
        cleaned["texts_to"] = e164(typed, country)
        if not cleaned["texts_to"] and "text_number" not in self.errors:
            words = _("Write the number that we are to text, such as +34 600 123 456, or take the tick away.")
            self.add_error("text_number", words)

    def _clean_number(self, cleaned: dict, number: VatNumber | None) -> None:
        if number is None or provider().refuses(number.text):
            self.add_error("vat_number", self.fields["vat_number"].error_messages["invalid"])
            return
        cleaned["vat_number"] = number.text
        if not self.destination()["company"]:
            self.add_error("company", _("Write the name of the company: it stands on the invoice."))

    def _offer(self, name: str, codes, message) -> None:
        field = self.fields[name]
        field.choices = [(code, code) for code in codes]
        field.required = bool(codes)
        field.error_messages |= {"required": message, "invalid_choice": message}

    def _drop(self, *names: str) -> None:
        for name in names:
            self.fields.pop(name, None)

    def _ask_no_address(self) -> None:
        """Its fields stay on the page, folded, for who changes his mind; only the name is asked for."""
        for name in self.fields.keys() & {*self.MAIN, "address"}:
            self.fields[name].required = name == "name" and not self.book
            self.fields[name].widget.attrs.pop("data-missing", None)

    def _clean_postcode(self, cleaned, rules) -> None:
        if self.is_new_address:
            super()._clean_postcode(cleaned, rules)


class BillingForm(AddressForm):
    """Another address for the invoice."""

    EXTRA = ("company",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, prefix="billing", section="billing", **kwargs)
        for name in ("phone", "line2"):
            del self.fields[name]
