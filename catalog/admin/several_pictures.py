"""Several pictures chosen at once."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.listings.raster import NotAPicture, master_of

# Each is decoded while the person waits.
MOST = 20


class SeveralFiles(forms.FileInput):
    """The browser's own chooser: it lets one mark many files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name):
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class SeveralPictures(forms.Field):
    """Its value is the list of files, each of them a picture; refusals name the file."""

    def __init__(self, **kwargs) -> None:
        widget = SeveralFiles(attrs={"accept": "image/*", "class": "office-files"})
        super().__init__(
            required=False,
            label=gettext_lazy("Pictures"),
            help_text=gettext_lazy("Several at once, in the order that shoppers see. JPEG, PNG, WebP or AVIF."),
            widget=widget,
            **kwargs,
        )

    def clean(self, value) -> list:
        files = [file for file in value or [] if file]
        if len(files) > MOST:
            raise forms.ValidationError(_("Send %(most)d pictures at once at most.") % {"most": MOST})
        refused = [said for file in files if (said := _refusal(file))]
        if refused:
            raise forms.ValidationError(refused)
        return files

    def has_changed(self, initial, data) -> bool:
        return bool(data)


def _refusal(file) -> str:
    try:
        master_of(file)
    except NotAPicture as refusal:
        return f"{file.name}: {refusal}"
    file.seek(0)
    return ""
