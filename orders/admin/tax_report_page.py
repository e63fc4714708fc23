"""The tax of a span of days by country and rate, on a page and as a file."""

import csv
from datetime import date, timedelta

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries as names
from unfold.widgets import UnfoldAdminSingleDateWidget

from catalog.actions.importing.formulas import safe
from catalog.money import Money
from orders.queries.tax_report import TaxRow, tax_report

HEAD = ["currency", "country", "rate", "taxing", "orders", "net", "tax", "gross", "refunded_net", "refunded_tax"]


class SpanForm(forms.Form):
    first = forms.DateField(label=gettext_lazy("First day"), widget=UnfoldAdminSingleDateWidget)
    last = forms.DateField(label=gettext_lazy("Last day"), widget=UnfoldAdminSingleDateWidget)

    def clean(self) -> dict:
        data = super().clean()
        if data.get("first") and data.get("last") and data["first"] > data["last"]:
            raise forms.ValidationError(_("The first day comes after the last one."))
        return data


def page(request, model_admin):
    """GET with `first` and `last`; with `file` the same as CSV. Without days the last whole quarter."""
    if not request.user.has_perm("orders.view_order") or not model_admin.has_view_permission(request):
        raise PermissionDenied
    first, last = last_quarter(localdate())
    asked = "first" in request.GET
    form = SpanForm(request.GET if asked else None, initial={"first": first, "last": last})
    rows: list[TaxRow] = []
    if not asked or form.is_valid():
        if asked:
            first, last = form.cleaned_data["first"], form.cleaned_data["last"]
        rows = tax_report(first, last)
        if "file" in request.GET:
            return as_file(rows, first, last)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Tax by country and rate"),
        "opts": model_admin.opts,
        "form": form,
        "rows": [(names.name(row.country), row) for row in rows],
        "first": first,
        "last": last,
    }
    return render(request, "office/tax-report.html", context)


def last_quarter(today: date) -> tuple[date, date]:
    """The first and the last day of the quarter before this one."""
    this = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    end = this - timedelta(days=1)
    return date(end.year, end.month - 2, 1), end


def as_file(rows: list[TaxRow], first: date, last: date) -> HttpResponse:
    """A row for each rate; amounts as plain numbers in the currency beside them."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="tax-{first:%Y-%m-%d}-{last:%Y-%m-%d}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(HEAD)
    for row in rows:
        sums = (row.net, row.tax, row.gross, row.back_net, row.back_tax)
        amounts = [str(Money(amount, row.currency).amount) for amount in sums]
        facts = [row.currency, row.country, f"{row.rate_bp / 100:g}", row.taxing, str(row.orders), *amounts]
        writer.writerow([safe(fact) for fact in facts])
    return response
