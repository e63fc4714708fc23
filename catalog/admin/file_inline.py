"""The files of a digital product: uploaded here, kept where nobody but a buyer gets them."""

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import TabularInline
from unfold.decorators import display
from unfold.widgets import UnfoldAdminFileFieldWidget

from catalog.actions import files
from catalog.admin.languages import NamedWordsForm, in_all
from catalog.models import DigitalFile

MOST_BYTES = 500 * 1024 * 1024


class FileForm(NamedWordsForm):
    upload = forms.FileField(label=gettext_lazy("File"), required=False, widget=UnfoldAdminFileFieldWidget)

    class Meta:
        model = DigitalFile
        fields = in_all("name")

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        if upload and upload.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than %(most)s.") % {"most": filesizeformat(MOST_BYTES)})
        if not upload and not self.instance.path:
            raise forms.ValidationError(_("Choose the file that buyers get."))
        return upload

    def save(self, commit=True):
        upload = self.cleaned_data.get("upload")
        if upload:
            # A new name each time: whoever downloads this minute gets the old one whole.
            self.instance.path = files.keep(self.instance.product, upload.name, upload)
        return super().save(commit)


class FileInline(TabularInline):
    model = DigitalFile
    form = FileForm
    readonly_fields = ["kept"]
    extra = 0
    hide_title = True

    def get_fields(self, request, obj=None):
        return [*in_all("name"), "upload", "kept"]

    @display(description=gettext_lazy("kept"))
    def kept(self, row: DigitalFile) -> str:
        if not row.path:
            return "–"
        size = files.size_of(row.path)
        return _("The file is missing: upload it again.") if size is None else filesizeformat(size)
