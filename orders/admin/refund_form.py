"""What a clerk gives back: pieces of lines, the delivery, an amount out of goodwill; and where the pieces go."""

from collections.abc import Iterator

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from catalog.admin.money import MoneyField
from catalog.models import Location
from catalog.money import format_minor
from orders.actions import refund_once, refund_parts
from orders.actions.refund_parts import Back, Parts
from orders.models import Order, OrderLine, Payment, Supplement

BACK = "back"


class RefundForm(forms.Form):
    """Three fields for each line that has something left, such as `pieces-7`, `gross-7` and `where-7`.

    After `is_valid` it has `parts`, `priced`: what they come to, and `plan`: which payment gives what.
    """

    delivery = MoneyField(label=gettext_lazy("Delivery"), required=False)
    goodwill = MoneyField(
        label=gettext_lazy("Out of goodwill"),
        required=False,
        help_text=gettext_lazy("An amount for no goods in particular, such as for a late parcel."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        help_text=gettext_lazy("For the history; the buyer does not read it."),
        widget=UnfoldAdminTextInputWidget,
    )
    to_credit = forms.BooleanField(
        label=gettext_lazy("As credit in the shop: for a guest a gift card by mail"),
        required=False,
        widget=UnfoldBooleanWidget,
    )
    # How much had gone back when the page was opened: a form sent twice is told.
    seen = forms.IntegerField(widget=forms.HiddenInput)
    # Of which payment alone, if not of all.
    of = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data, *, order: Order, payments: list[Payment], language: str, only: int | None, everything: bool = False
    ) -> None:
        super().__init__(data, initial={"seen": refund_once.went_back(order), "of": only})
        self.order, self.payments, self.language, self.only = order, payments, language, only
        self.available = sum(payment.refundable for payment in payments)
        if all(payment.account_id for payment in payments):
            # It goes back on its card.
            del self.fields["to_credit"]
        paid = order.lines.exclude(supplement__status=Supplement.Status.OPEN)
        self.lines = [line for line in paid if line.refundable or line.refunded < line.quantity]
        places = list(Location.objects.filter(is_active=True).order_by("priority", "pk"))
        for line in self.lines:
            self._ask_for(line, places, everything)
        for name in ("delivery", "goodwill"):
            self.fields[name].speak(order.currency)
        if not order.delivery_refundable:
            del self.fields["delivery"]
        elif everything:
            self.initial["delivery"] = order.delivery_refundable

    def _ask_for(self, line: OrderLine, places: list[Location], everything: bool) -> None:
        left = line.quantity - line.refunded
        self.fields[f"pieces-{line.pk}"] = forms.IntegerField(
            label=_("Pieces"),
            min_value=0,
            max_value=left,
            required=False,
            initial=left if everything else None,
            widget=UnfoldAdminIntegerFieldWidget(attrs={"placeholder": "0", "inputmode": "numeric"}),
        )
        amount = self.fields[f"gross-{line.pk}"] = MoneyField(label=_("Another amount"), required=False)
        amount.speak(self.order.currency)
        if line.needs_delivery and left:
            choices = list(_places_of(line, places))
            self.fields[f"where-{line.pk}"] = forms.ChoiceField(
                label=_("The pieces"), choices=choices, required=False, widget=UnfoldAdminSelectWidget(choices=choices)
            )

    def rows(self) -> Iterator[dict]:
        """Each line with its fields, for the page."""
        for line in self.lines:
            where = f"where-{line.pk}"
            yield {
                "line": line,
                "left": line.quantity - line.refunded,
                "fields": [self[f"pieces-{line.pk}"], self[f"gross-{line.pk}"]]
                + ([self[where]] if where in self.fields else []),
            }

    def others(self) -> Iterator:
        """The fields that belong to no line."""
        return (self[name] for name in ("delivery", "goodwill", "reason") if name in self.fields)

    def clean(self) -> dict:
        data = super().clean()
        if self.errors:
            return data
        self.parts = Parts(tuple(self._backs(data)), data.get("delivery") or 0, data.get("goodwill") or 0)
        try:
            self.priced = refund_parts.price(self.order, self.parts)
        except refund_parts.PartTooLarge as refusal:
            name = "delivery" if refusal.line_id is None else f"gross-{refusal.line_id}"
            most = format_minor(refusal.available, self.order.currency, self.language)
            self.add_error(name, _("At most %(most)s can go back.") % {"most": most})
            return data
        if not self.priced.amount:
            raise forms.ValidationError(_("Say what goes back: some pieces, or an amount."))
        if self.priced.amount > self.available:
            most = format_minor(self.available, self.order.currency, self.language)
            raise forms.ValidationError(_("At most %(most)s can go back.") % {"most": most})
        self.plan = refund_once.plan(self.order, self.parts, self.only)
        return data

    def _backs(self, data: dict) -> Iterator[Back]:
        for line in self.lines:
            pieces, gross = data.get(f"pieces-{line.pk}") or 0, data.get(f"gross-{line.pk}")
            where = data.get(f"where-{line.pk}") or ""
            if pieces or gross:
                yield Back(line.pk, pieces, gross, bool(where), int(where) if where.isdecimal() else None)


def _places_of(line: OrderLine, places: list[Location]) -> Iterator[tuple[str, str]]:
    if not line.sent:
        yield "", _("are sent all the same")
        yield BACK, _("are not sent: back on sale")
        return
    yield "", _("stay with the buyer, or are broken")
    yield BACK, _("are back on the shelf they came from")
    if len(places) > 1:
        for place in places:
            yield str(place.pk), _("are back on the shelf: %(place)s") % {"place": place.name}
