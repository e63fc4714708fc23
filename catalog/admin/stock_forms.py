"""The two little forms at a shelf: "there are so many", and "so many more or fewer"."""

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from catalog.models import StockLevel, StockMovement

MOST = 10**7
Reason = StockMovement.Reason


def _choices(*reasons: Reason) -> list[tuple[str, str]]:
    return [(reason.value, reason.label) for reason in reasons]


class TermsForm(forms.ModelForm):
    """What the web shop may sell of a shelf: what is kept back, and what may be sold before it comes."""

    class Meta:
        model = StockLevel
        fields = ["safety", "back_order", "comes_on"]
        widgets = {
            "safety": UnfoldAdminIntegerFieldWidget,
            "back_order": UnfoldAdminIntegerFieldWidget,
            "comes_on": UnfoldAdminTextInputWidget(attrs={"type": "date"}),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("safety", "back_order"):
            self.fields[name].max_value = MOST
            self.fields[name].validators.append(MaxValueValidator(MOST))
        self.fields["comes_on"].help_text = _("Shoppers read it. A delivery on its way sets it by itself.")
        self.fields["comes_on"].widget.format = "%Y-%m-%d"


class ShelfForm(forms.Form):
    # What the person saw; whoever comes too late is told.
    seen = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Note"),
        max_length=200,
        required=False,
        widget=UnfoldAdminTextInputWidget(attrs={"autocomplete": "off"}),
    )


class CountForm(ShelfForm):
    on_hand = forms.IntegerField(
        label=_("Pieces on the shelf"), min_value=0, max_value=10**7, widget=UnfoldAdminIntegerFieldWidget
    )
    reason = forms.ChoiceField(
        label=_("Reason"), choices=_choices(Reason.COUNTED, Reason.CORRECTED), widget=UnfoldAdminSelectWidget
    )
    field_order = ["on_hand", "reason", "note", "seen"]


class MoveForm(ShelfForm):
    by = forms.IntegerField(
        label=_("Pieces more or fewer"),
        min_value=-(10**7),
        max_value=10**7,
        widget=UnfoldAdminIntegerFieldWidget(attrs={"placeholder": "+5 / -2"}),
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=_choices(Reason.RECEIVED, Reason.DAMAGED, Reason.RETURNED, Reason.CORRECTED),
        widget=UnfoldAdminSelectWidget,
    )
    field_order = ["by", "reason", "note", "seen"]

    def clean_by(self) -> int:
        if not self.cleaned_data["by"]:
            raise forms.ValidationError(_("Zero changes nothing."))
        return self.cleaned_data["by"]
