"""Saying on which day chosen parcels arrived."""

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.widgets import UnfoldAdminSingleDateWidget

from orders.actions import arrivals

MOST = 500


class DayForm(forms.Form):
    day = forms.DateField(label=gettext_lazy("Day of arrival"), widget=UnfoldAdminSingleDateWidget)

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day > localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day


def ask(model_admin, request, queryset):
    """Asked for the day first; then written down for those that had left by then and of which nobody had told."""
    chosen = list(queryset.values_list("pk", flat=True)[:MOST])
    confirmed = "confirmed" in request.POST
    form = DayForm(request.POST if confirmed else None, initial={"day": localdate()})
    if confirmed and form.is_valid():
        done = arrivals.arrived(chosen, form.cleaned_data["day"])
        words = ngettext("%(number)d parcel arrived.", "%(number)d parcels arrived.", done)
        messages.success(request, words % {"number": done})
        return None
    question = ngettext("When did %(number)d parcel arrive?", "When did %(number)d parcels arrive?", len(chosen))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Arrived"),
        "subtitle": _("Shipments"),
        "opts": model_admin.opts,
        "sentence": question % {"number": len(chosen)},
        "detail": _("Parcels that left after this day, and those whose day is known, stay as they are."),
        "button": _("Write it down"),
        "form": form,
        "hidden": [("action", "arrived"), ("confirmed", "1"), *((ACTION_CHECKBOX_NAME, pk) for pk in chosen)],
        "back": request.get_full_path(),
    }
    return render(request, "office/ask.html", context)
