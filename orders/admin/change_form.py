"""What a clerk wants different about an order of which something is left to send."""

from collections.abc import Iterator
from datetime import datetime

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from catalog.models import Variant
from catalog.money import format_minor
from customers.models import PostalAddress
from orders.actions.amendments import Wish
from orders.details import AddressDetails
from orders.models import Order, OrderAddress, OrderLine
from orders.models.cart import MAX_QUANTITY
from orders.queries.amended import offers_for, ways_out

TYPED = tuple(name for name in PostalAddress.FIELDS if name != "country")
NEEDED = ("name", "line1", "city")


class ChangeForm(forms.Form):
    """`pieces-7` for each line, goods to add by SKU, the delivery address and the way to deliver."""

    sku = forms.CharField(label=gettext_lazy("SKU"), max_length=80, required=False, widget=UnfoldAdminTextInputWidget)
    number = forms.IntegerField(
        label=gettext_lazy("Pieces"),
        min_value=1,
        max_value=MAX_QUANTITY,
        required=False,
        widget=UnfoldAdminIntegerFieldWidget(attrs={"inputmode": "numeric"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        help_text=gettext_lazy("For the history; the buyer does not read it."),
        widget=UnfoldAdminTextInputWidget,
    )
    above_limit = forms.BooleanField(
        label=gettext_lazy("The customer may owe more than was agreed"),
        required=False,
        help_text=gettext_lazy("For this order only; say why as the reason."),
        widget=UnfoldBooleanWidget,
    )
    # How many changes there were when the page was opened: a form sent twice is told.
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data, *, order: Order, language: str, now: datetime) -> None:
        super().__init__(data, initial={"seen": order.changes.count()})
        self.order = order
        self.lines = [line for line in order.lines.all() if line.needs_delivery]
        self.goes_to = order.addresses.filter(kind=OrderAddress.Kind.DELIVERY).first()
        for line in self.lines:
            self.fields[f"pieces-{line.pk}"] = _number(line)
        for name in TYPED if (self.goes_to and not order.point_code) or order.is_pickup else ():
            self.fields[f"to-{name}"] = _typed(self.goes_to, name)
        if not order.due_on:
            del self.fields["above_limit"]
        self._ask_for_delivery(language, now)

    def _ask_for_delivery(self, language: str, now: datetime) -> None:
        choices = [("", self.order.delivery_name or "–")]
        for offer in [*offers_for(self.order, now), *(ways_out(self.order, now) if self.order.is_pickup else ())]:
            if offer.name != self.order.delivery_name:
                price = format_minor(offer.price, self.order.currency, language)
                choices.append((offer.code, f"{offer.name} · {price}"))
        self.fields["delivery"] = forms.ChoiceField(
            label=_("Delivery"), choices=choices, required=False, widget=UnfoldAdminSelectWidget(choices=choices)
        )

    def rows(self) -> Iterator[tuple]:
        return ((line, self[f"pieces-{line.pk}"]) for line in self.lines)

    def address_fields(self) -> Iterator:
        return (self[f"to-{name}"] for name in TYPED if f"to-{name}" in self.fields)

    def clean(self) -> dict:
        data = super().clean()
        if self.errors:
            return data
        sku = (data.get("sku") or "").strip()
        variant = Variant.objects.filter(sku__iexact=sku).first() if sku else None
        if sku and variant is None:
            self.add_error("sku", _("No variant has this SKU."))
            return data
        stays = {line.pk: data[f"pieces-{line.pk}"] for line in self.lines}
        now = {line.pk: line.quantity - line.cancelled for line in self.lines}
        self.wish = Wish(
            pieces={pk: number for pk, number in stays.items() if number is not None and number != now[pk]},
            added={variant.pk: data.get("number") or 1} if variant else {},
            address=self._address(data),
            delivery=data.get("delivery") or "",
            above_limit=bool(data.get("above_limit")),
        )
        return data

    def _address(self, data: dict) -> AddressDetails | None:
        """The new one, if it is different; that of a pick-up point is the carrier's."""
        if self.order.point_code:
            return None
        typed = {name: (data.get(f"to-{name}") or "").strip() for name in TYPED}
        if self.goes_to is None:
            billing = self.order.addresses.first()
            return AddressDetails(country=billing.country.code, **typed) if billing and typed["line1"] else None
        if all(typed[name] == getattr(self.goes_to, name) for name in TYPED):
            return None
        return AddressDetails(country=self.goes_to.country.code, **typed)


def _number(line: OrderLine) -> forms.IntegerField:
    stays = line.quantity - line.cancelled
    return forms.IntegerField(
        label=_("Pieces of %(name)s") % {"name": line.product_name},
        min_value=line.sent,
        max_value=MAX_QUANTITY,
        initial=stays,
        widget=UnfoldAdminIntegerFieldWidget(attrs={"inputmode": "numeric"}),
    )


def _typed(address: OrderAddress | None, name: str) -> forms.CharField:
    column = PostalAddress._meta.get_field(name)
    return forms.CharField(
        label=column.verbose_name.capitalize(),
        max_length=column.max_length,
        required=address is not None and name in NEEDED,
        initial=getattr(address, name, ""),
        widget=UnfoldAdminTextInputWidget,
    )
