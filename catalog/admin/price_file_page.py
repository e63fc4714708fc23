"""Prices from a file, with a report row by row."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminTextInputWidget

from catalog.actions import price_file

SHOWN = 500


class PriceFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        help_text=gettext_lazy(
            "Columns: sku or barcode, and price (is set) or delta (1.50, -5%); if you like currency and key."
        ),
        widget=UnfoldAdminFileFieldWidget,
    )
    document = forms.CharField(
        label=gettext_lazy("Document"),
        max_length=80,
        help_text=gettext_lazy("Stands in the price history. The same file under the same name changes only once."),
        widget=UnfoldAdminTextInputWidget(attrs={"autocomplete": "off"}),
    )


def page(request, model_admin):
    if not request.user.has_perm("catalog.change_variant"):
        raise PermissionDenied
    form = PriceFileForm(request.POST or None, request.FILES or None)
    rows = None
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read(price_file.LARGEST + 1)
        try:
            rows = price_file.run(content, form.cleaned_data["document"], str(request.user))
        except price_file.NotAFile as refusal:
            form.add_error("file", str(refusal))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Prices from a file"),
        "opts": model_admin.opts,
        "form": form,
        "rows": rows and sorted(rows, key=lambda row: (not row.fault, row.number))[:SHOWN],
        "done": sum(not row.fault and not row.is_repeated for row in rows or []),
        "repeated": sum(row.is_repeated for row in rows or []),
        "faults": sum(bool(row.fault) for row in rows or []),
        "has_run": rows is not None,
    }
    return render(request, "office/stock-file.html", context, status=422 if form.is_bound and form.errors else 200)
