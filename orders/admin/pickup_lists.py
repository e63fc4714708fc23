"""Sending a carrier's list of pick-up points: the file, which column is what, and what came of it."""

from contextlib import suppress

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries
from unfold.widgets import (
    UnfoldAdminFileFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldBooleanWidget,
)

from orders import points
from orders.actions import pickup_lists as actions
from orders.models import DeliveryMethod, PickupList

WORDS = {
    "code": gettext_lazy("Code of the point"),
    "name": gettext_lazy("Name"),
    "line1": gettext_lazy("Street and number"),
    "postcode": gettext_lazy("Postcode"),
    "city": gettext_lazy("Town"),
    "country": gettext_lazy("Country, two letters"),
    "latitude": gettext_lazy("Latitude"),
    "longitude": gettext_lazy("Longitude"),
    "hours": gettext_lazy("Opening hours"),
}
SHOWN = 20


class FileForm(forms.Form):
    carrier = forms.ChoiceField(
        label=gettext_lazy("Carrier"),
        widget=UnfoldAdminSelectWidget,
        help_text=gettext_lazy("Of the delivery methods of the kind “pick-up point of a carrier”."),
    )
    country = forms.ChoiceField(
        label=gettext_lazy("Country of the rows that name none"), widget=UnfoldAdminSelectWidget, choices=countries
    )
    file = forms.FileField(label=gettext_lazy("List of points, as CSV"), widget=UnfoldAdminFileFieldWidget)
    is_whole = forms.BooleanField(
        label=gettext_lazy("These are all points of the carrier"),
        help_text=gettext_lazy("Those that are missing, in the countries of the file, are no longer offered."),
        initial=True,
        required=False,
        widget=UnfoldBooleanWidget,
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, initial={"country": settings.SHOP_COUNTRY}, **kwargs)
        methods = DeliveryMethod.objects.filter(kind=DeliveryMethod.Kind.POINT)
        names = sorted({method.carrier for method in methods})
        self.fields["carrier"].choices = [(name, name) for name in names]


class ColumnsForm(forms.Form):
    """A choice of column for each thing, with the first row as an example."""

    def __init__(self, *args, table: points.Table, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        first = table.rows[0]
        choices = [
            (at, f"{name or at + 1}: {first[at] if at < len(first) else ''}"[:80])
            for at, name in enumerate(table.headings)
        ]
        for role in points.ROLES:
            needed = role in points.NEEDED
            self.fields[role] = forms.TypedChoiceField(
                label=WORDS[role],
                coerce=int,
                empty_value=None,
                required=needed,
                choices=choices if needed else [("", _("not in the file")), *choices],
                widget=UnfoldAdminSelectWidget,
            )

    def columns(self) -> dict[str, int]:
        return {role: at for role, at in self.cleaned_data.items() if at is not None}


def urls(model_admin) -> list:
    view, more = model_admin.admin_site.admin_view, {"model_admin": model_admin}
    return [
        path("list/", view(send), more, name="orders_pickuppoint_list"),
        path("list/<int:pk>/", view(look), more, name="orders_pickuppoint_list_look"),
    ]


def send(request, model_admin):
    """Takes a file in; below it the lists of before."""
    _refuse_others(request, model_admin)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        file = data["file"]
        try:
            sent = actions.keep(
                file.read(points.LARGEST + 1),
                file.name,
                data["carrier"],
                data["country"],
                data["is_whole"],
                request.user,
            )
        except points.Unreadable as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("admin:orders_pickuppoint_list_look", sent.pk)
    lists = PickupList.objects.defer("text").select_related("actor")[:SHOWN]
    return _page(request, model_admin, "send", _("Send a carrier’s list"), form=form, lists=lists)


def look(request, model_admin, pk: int):
    """Which column is what; once it is taken over, what came of it."""
    _refuse_others(request, model_admin)
    sent = get_object_or_404(PickupList, pk=pk)
    if sent.taken_at:
        return _page(request, model_admin, "report", str(sent), sent=sent)
    table = points.table_of(sent.text)
    form = ColumnsForm(request.POST or None, table=table, initial=sent.columns)
    if request.method == "POST" and form.is_valid():
        # The button may have been pressed twice.
        with suppress(actions.AlreadyTaken):
            actions.take(sent, form.columns(), timezone.now())
        return redirect("admin:orders_pickuppoint_list_look", pk)
    return _page(request, model_admin, "columns", str(sent), sent=sent, form=form, number=len(table.rows))


def _page(request, model_admin, step: str, title: str, **more):
    context = {**model_admin.admin_site.each_context(request), "opts": model_admin.opts, "title": title, "step": step}
    return render(request, "office/pickup-lists.html", {**context, **more})


def _refuse_others(request, model_admin) -> None:
    if not (model_admin.has_add_permission(request) and model_admin.has_change_permission(request)):
        raise PermissionDenied
