"""What a clerk is asked before something happens to an order."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget, UnfoldBooleanWidget

from catalog.admin.money import MoneyField
from catalog.money import format_minor
from orders.models import OrderEvent, Payment

TEXT = UnfoldAdminTextInputWidget


class ShipForm(forms.Form):
    carrier = forms.CharField(label=gettext_lazy("Carrier"), max_length=80, required=False, widget=TEXT)
    tracking_number = forms.CharField(
        label=gettext_lazy("Tracking number"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Goes to the buyer with the letter."),
        widget=TEXT(attrs={"autocomplete": "off"}),
    )


class RefundForm(forms.Form):
    amount = MoneyField(label=gettext_lazy("Amount"), least=1)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        help_text=gettext_lazy("For the history; the buyer does not read it."),
        widget=TEXT,
    )
    restock = forms.BooleanField(
        label=gettext_lazy("The goods of this order are back: put them all on sale again"),
        required=False,
        widget=UnfoldBooleanWidget,
    )
    # How much had gone back when the page was opened: a form sent twice is told.
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, payment: Payment, language: str, **kwargs) -> None:
        kwargs["initial"] = {"amount": payment.refundable, "seen": payment.refunded}
        super().__init__(*args, **kwargs)
        self.payment, self.language = payment, language

    def clean_amount(self) -> int:
        amount = self.cleaned_data["amount"]
        if amount > self.payment.refundable:
            most = format_minor(self.payment.refundable, self.payment.currency, self.language)
            raise forms.ValidationError(_("At most %(most)s can go back.") % {"most": most})
        return amount


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
