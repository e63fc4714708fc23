"""What a clerk is asked before something happens to an order."""

from collections.abc import Iterator, Mapping

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from orders.models import Order, OrderEvent

TEXT = UnfoldAdminTextInputWidget


class ShipForm(forms.Form):
    """Also `pieces-7` for each line with something left: how many go into this parcel."""

    carrier = forms.CharField(label=gettext_lazy("Carrier"), max_length=80, required=False, widget=TEXT)
    tracking_number = forms.CharField(
        label=gettext_lazy("Tracking number"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Goes to the buyer with the letter."),
        widget=TEXT(attrs={"autocomplete": "off"}),
    )
    tracking_url = forms.URLField(
        label=gettext_lazy("Tracking address"),
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("Empty: as the delivery method says."),
        widget=TEXT(attrs={"type": "url", "autocomplete": "off"}),
    )
    # How many parcels there were when the page was opened: a form sent twice is told.
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data=None, *, order: Order, ready: Mapping[int, int] | None = None) -> None:
        carrier = order.delivery_method.carrier if order.delivery_method else ""
        super().__init__(data, initial={"carrier": carrier, "seen": order.shipments.count()})
        ready = ready or {}
        self.lines = [
            line for line in order.lines.select_related("supplement") if line.left and not line.waits_for_money
        ]
        for line in self.lines:
            self.fields[f"pieces-{line.pk}"] = forms.IntegerField(
                label=_("Pieces of %(name)s") % {"name": line.product_name},
                min_value=0,
                required=False,
                initial=ready.get(line.pk, line.left),
                widget=UnfoldAdminIntegerFieldWidget(attrs={"max": line.left, "inputmode": "numeric"}),
            )

    def rows(self) -> Iterator[tuple]:
        """Each line with the field for its pieces."""
        return ((line, self[f"pieces-{line.pk}"]) for line in self.lines)

    def of_parcel(self) -> Iterator:
        return (self[name] for name in ("carrier", "tracking_number", "tracking_url"))

    @property
    def pieces(self) -> dict[int, int]:
        return {line.pk: self.cleaned_data[f"pieces-{line.pk}"] or 0 for line in self.lines}


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        help_text=gettext_lazy("For the history; the buyer does not read it."),
        widget=TEXT,
    )


class RemarkForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Remark for colleagues"),
        max_length=OrderEvent._meta.get_field("text").max_length,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
    )
