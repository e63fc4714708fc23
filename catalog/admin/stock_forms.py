"""The two little forms at a shelf: "there are so many", and "so many more or fewer"."""

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from catalog.models import StockMovement

Reason = StockMovement.Reason


def _choices(*reasons: Reason) -> list[tuple[str, str]]:
    return [(reason.value, reason.label) for reason in reasons]


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
