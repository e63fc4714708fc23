"""Several pictures in one field."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

MAX_BYTES = 10 * 1024 * 1024


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Up to so many files; whether each is a picture is found out by whoever decodes it."""

    def __init__(self, at_most: int, **kwargs):
        self.at_most = at_most
        super().__init__(widget=ManyFiles(attrs={"accept": "image/*", "multiple": True}), required=False, **kwargs)

    def clean(self, data, initial=None) -> list:
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if len(files) > self.at_most:
            words = ngettext("At most %(n)d picture.", "At most %(n)d pictures.", self.at_most)
            raise forms.ValidationError(words % {"n": self.at_most})
        if any(file.size > MAX_BYTES for file in files):
            raise forms.ValidationError(_("A picture is larger than 10 MB. Please send a smaller one."))
        return files
