"""Stock from a file, with a report row by row."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from catalog.actions import stock_file
from catalog.models import StockUpdate

SHOWN = 500


class StockFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        help_text=gettext_lazy("Columns: sku or barcode, quantity; if you like location, mode (set or delta) and key."),
        widget=UnfoldAdminFileFieldWidget,
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("What the quantity means"),
        choices=StockUpdate.Mode.choices,
        help_text=gettext_lazy("For rows that do not say it themselves."),
        widget=UnfoldAdminSelectWidget,
    )
    document = forms.CharField(
        label=gettext_lazy("Document"),
        max_length=80,
        help_text=gettext_lazy("Stands in the ledger. The same changes under the same name are made only once."),
        widget=UnfoldAdminTextInputWidget(attrs={"autocomplete": "off"}),
    )


def page(request, model_admin):
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    form = StockFileForm(request.POST or None, request.FILES or None)
    rows = None
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            rows = _run(told, str(request.user))
        except stock_file.NotAFile as refusal:
            form.add_error("file", str(refusal))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Stock from a file"),
        "opts": model_admin.opts,
        "form": form,
        "rows": rows and sorted(rows, key=lambda row: (not row.fault, row.number))[:SHOWN],
        "done": sum(not row.fault and not row.is_repeated for row in rows or []),
        "repeated": sum(row.is_repeated for row in rows or []),
        "faults": sum(bool(row.fault) for row in rows or []),
        "has_run": rows is not None,
    }
    return render(request, "office/stock-file.html", context, status=422 if form.is_bound and form.errors else 200)


def _run(told: dict, actor: str) -> list[stock_file.Row]:
    sent = told["file"]
    content = sent.read(stock_file.LARGEST + 1)
    return stock_file.run(content, told["mode"], told["document"], actor)
