"""The report of promised days: how often each carrier kept them."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from orders.admin.tax_report_page import SpanForm
from orders.queries.kept_promises import WEEKS, Kept, kept_promises

BAR, GAP, HEIGHT = 14, 6, 60


def page(request, model_admin):
    """GET with `first` and `last`, days that parcels were promised for; without them the last twelve weeks."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    last = localdate()
    first = last - timedelta(days=7 * WEEKS - 1)
    asked = "first" in request.GET
    form = SpanForm(request.GET if asked else None, initial={"first": first, "last": last})
    rows: list[Kept] = []
    if not asked or form.is_valid():
        if asked:
            first, last = form.cleaned_data["first"], form.cleaned_data["last"]
        rows = kept_promises(first, last)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Promised days"),
        "opts": model_admin.opts,
        "form": form,
        "rows": [(row, _bars(row)) for row in rows],
        "width": WEEKS * (BAR + GAP),
        "bar": BAR,
        "height": HEIGHT,
        "first": first,
        "last": last,
    }
    return render(request, "office/kept.html", context, status=422 if form.errors else 200)


def _bars(row: Kept) -> list[dict]:
    """Where each bar of the chart stands; a week of which nothing is known has none."""
    bars = []
    for place, percent in enumerate(row.weeks):
        if percent is not None:
            tall = max(HEIGHT * percent // 100, 1)
            bars.append({"x": place * (BAR + GAP), "y": HEIGHT - tall, "tall": tall, "percent": percent})
    return bars
