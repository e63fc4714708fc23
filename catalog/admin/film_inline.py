"""Films on the page of their product."""

from secrets import token_hex

from django import forms
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import TabularInline
from unfold.widgets import UnfoldAdminFileFieldWidget

from catalog.admin.languages import NamedWordsForm, in_all
from catalog.listings.film_files import NotAFilm, captions_of, ending_of
from catalog.models import Film


class FilmForm(NamedWordsForm):
    """The names of files are ours: what somebody called his file never becomes an address."""

    upload = forms.FileField(label=gettext_lazy("New film"), required=False, widget=UnfoldAdminFileFieldWidget)
    speech = forms.FileField(
        label=gettext_lazy("Subtitles (WebVTT)"), required=False, widget=UnfoldAdminFileFieldWidget
    )

    class Meta:
        model = Film
        fields = [*in_all("title"), "position"]

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        if not upload:
            if not self.instance.file:
                raise forms.ValidationError(_("Choose the film: an MP4 or WebM file."))
            return upload
        try:
            self.ending = ending_of(upload, upload.size)
        except NotAFilm as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return upload

    def clean_speech(self):
        speech = self.cleaned_data["speech"]
        try:
            return captions_of(speech) if speech else None
        except NotAFilm as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def save(self, commit=True):
        stem = f"{self.instance.product.slug[:60]}-{token_hex(5)}"
        if upload := self.cleaned_data.get("upload"):
            self.instance.file.save(f"{stem}.{self.ending}", upload, save=False)
        if speech := self.cleaned_data.get("speech"):
            self.instance.captions.save(f"{stem}.vtt", ContentFile(speech), save=False)
        return super().save(commit)


class FilmInline(TabularInline):
    model = Film
    form = FilmForm
    ordering = ["position", "id"]
    extra = 0
    tab = True
    hide_title = True

    def get_fields(self, request, obj=None):
        return ["upload", "speech", "position", *in_all("title")]
