"""Taking the holidays of a country into the list of closed days."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_countries import countries as names
from unfold.widgets import UnfoldAdminSelectWidget

from orders.actions import holidays


class WhoseForm(forms.Form):
    country = forms.ChoiceField(label=gettext_lazy("Country"), widget=UnfoldAdminSelectWidget)
    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int, widget=UnfoldAdminSelectWidget)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        known = holidays.countries()
        this = localdate().year
        self.fields["country"].choices = [(code, name) for code, name in names if code in known]
        self.fields["year"].choices = [(year, str(year)) for year in range(this, this + 3)]


def page(request, model_admin):
    """GET with `country` and `year` shows what is not in the list; a POST takes the days that are ticked."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    first = {"country": settings.SHOP_COUNTRY, "year": localdate().year}
    form = WhoseForm({**first, **request.GET.dict()})
    found = []
    if form.is_valid():
        country, year = form.cleaned_data["country"], form.cleaned_data["year"]
        found = holidays.missing(country, [year])
        if request.method == "POST":
            ticked = set(request.POST.getlist("day"))
            done = holidays.take(country, [one for one in found if one.day.isoformat() in ticked])
            words = ngettext("%(number)d day was added.", "%(number)d days were added.", done)
            messages.success(request, words % {"number": done})
            return redirect("admin:orders_closedday_changelist")
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Holidays of a country"),
        "opts": model_admin.opts,
        "form": form,
        "found": found,
    }
    return render(request, "office/holidays.html", context)
