"""What a merchant says when he sends a file."""

import json
import tomllib

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.actions.importing import Unreadable, jobs, mapping
from catalog.admin.pickers import CategoryField

MOST_MAPPING = 64 * 1024


class ImportForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV, perhaps packed with gzip, or an Excel workbook (XLSX): our own export, Shopify's, or any other list. "
            "If we do not know its columns, you say on the next page which is what."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.gz,.xlsx,text/csv"}),
    )
    mapping = forms.FileField(
        label=gettext_lazy("Mapping"),
        required=False,
        help_text=gettext_lazy("Only if you have one: a small JSON or TOML file that names the columns."),
        widget=forms.ClearableFileInput(attrs={"accept": ".json,.toml"}),
    )
    category = CategoryField(
        required=False,
        placeholder=gettext_lazy("“Imported”"),
        label=gettext_lazy("Category for what has none, and above new ones"),
    )
    keep_stock = forms.BooleanField(
        label=gettext_lazy("Leave the stock of goods that are here already"), required=False
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > jobs.MAX_UPLOAD:
            raise forms.ValidationError(_("The file is larger than 100 MB. Please send it in parts."))
        return file

    def clean_mapping(self) -> object:
        """The mapping as data; None without one."""
        file = self.cleaned_data.get("mapping")
        if not file:
            return None
        if file.size > MOST_MAPPING:
            raise forms.ValidationError(_("The mapping is too large."))
        try:
            text = file.read().decode("utf-8-sig")
            data = tomllib.loads(text) if file.name.lower().endswith(".toml") else json.loads(text)
            mapping.of(data)
        except (ValueError, RecursionError):
            raise forms.ValidationError(_("The mapping is neither JSON nor TOML.")) from None
        except Unreadable as fault:
            raise forms.ValidationError(str(fault)) from None
        return data
