"""What staff is asked who gives a gift card, or corrects one."""

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminDateWidget,
    UnfoldAdminEmailInputWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from catalog import revision
from catalog.admin.money import MoneyField
from catalog.queries.markets import currencies
from customers.models import Customer


class IssueForm(forms.Form):
    amount = MoneyField(label=gettext_lazy("Amount"), least=1)
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), widget=UnfoldAdminSelectWidget)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        help_text=gettext_lazy("Empty: the code is shown to you, once."),
        widget=UnfoldAdminEmailInputWidget,
    )
    as_credit = forms.BooleanField(
        label=gettext_lazy("As store credit in the account of this customer"),
        required=False,
        widget=UnfoldBooleanWidget,
    )
    greeting = forms.CharField(
        label=gettext_lazy("Words with it"),
        max_length=500,
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the letter"), choices=settings.LANGUAGES, widget=UnfoldAdminSelectWidget
    )
    send_on = forms.DateField(
        label=gettext_lazy("Mailed on"),
        required=False,
        help_text=gettext_lazy("Empty: at once."),
        widget=UnfoldAdminDateWidget,
    )
    expires_on = forms.DateField(
        label=gettext_lazy("Valid until"),
        required=False,
        help_text=gettext_lazy("Empty: for ever."),
        widget=UnfoldAdminDateWidget,
    )
    note = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        help_text=gettext_lazy("For the history; the buyer does not read it."),
        widget=UnfoldAdminTextInputWidget,
    )
    # How often this person had given something when the page was opened: a form sent twice is told.
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["currency"].choices = [(code, code) for code in currencies(revision.current())]
        wanted = self.data.get("currency") or settings.SHOP_CURRENCY
        self.fields["currency"].initial = settings.SHOP_CURRENCY
        self.fields["amount"].speak(wanted)

    def clean_expires_on(self):
        day = self.cleaned_data["expires_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("This day is over."))
        return day

    def clean(self) -> dict:
        data = super().clean()
        if data.get("as_credit") and not Customer.objects.filter(email__iexact=data.get("email") or "").exists():
            self.add_error("email", _("No customer has this address."))
        return data


class CorrectForm(forms.Form):
    way = forms.ChoiceField(
        label=gettext_lazy("What"),
        choices=[("add", gettext_lazy("Add")), ("take", gettext_lazy("Take off"))],
        widget=UnfoldAdminSelectWidget,
    )
    amount = MoneyField(label=gettext_lazy("Amount"), least=1)
    note = forms.CharField(label=gettext_lazy("Reason"), max_length=200, widget=UnfoldAdminTextInputWidget)
    # How many movements there were when the page was opened.
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, currency: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].speak(currency)

    def clean(self) -> dict:
        data = super().clean()
        if data.get("amount"):
            data["by"] = data["amount"] if data.get("way") == "add" else -data["amount"]
        return data
