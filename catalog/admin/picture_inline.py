"""Pictures on the page of their product."""

from django import forms
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import TabularInline
from unfold.decorators import display
from unfold.forms import PaginationInlineFormSet
from unfold.widgets import UnfoldAdminImageSmallFieldWidget

from catalog.actions import pictures
from catalog.admin.languages import NamedWordsForm, in_all
from catalog.listings.pictures import sizes_of
from catalog.listings.raster import master_of
from catalog.models import OptionValue, Picture, Variant
from catalog.words import languages

# More variants than these are not all written beside each picture.
LISTED = 30


class PictureForm(NamedWordsForm):
    """A new file becomes a new picture, made by the shop from what it could read; its sizes follow in a minute."""

    upload = forms.FileField(label=gettext_lazy("New file"), required=False, widget=UnfoldAdminImageSmallFieldWidget)

    class Meta:
        model = Picture
        fields = ["value", "variant", *in_all("alt"), "position"]

    def _label(self, word, language: str) -> str:
        # The column's own words are a sentence; three of them would push the rest out of sight.
        return super()._label(_("description"), language)

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        if not upload and self.instance.pk is None:
            raise forms.ValidationError(_("Choose a picture."))
        if upload:
            try:
                master_of(upload)
            except pictures.NotAPicture as refusal:
                raise forms.ValidationError(str(refusal)) from None
            upload.seek(0)
        return upload

    def save(self, commit=True):
        upload = self.cleaned_data.get("upload")
        if not upload:
            return super().save(commit)
        old = self.instance
        data = self.cleaned_data
        fresh = pictures.take(
            upload,
            old.product,
            alt={language: data.get(f"alt_{language}") or "" for language in languages()},
            value=data.get("value"),
            variant=data.get("variant"),
            position=data["position"],
        )
        if old.pk:
            pictures.remove(Picture.objects.get(pk=old.pk))
        self.instance = fresh
        # What the admin asks a form for when it saves later.
        self.save_m2m = lambda: None
        return fresh


class PictureFormSet(PaginationInlineFormSet):
    def delete_existing(self, obj, commit=True) -> None:
        if commit:
            pictures.remove(obj)


def thumbnail(picture: Picture | None) -> str:
    """The smallest ready size; a quiet frame where there is none."""
    if picture is None:
        return mark_safe('<span class="office-thumb" aria-hidden="true"></span>')
    sizes = sizes_of(picture) if picture.is_ready else {}
    address = sizes[min(sizes)] if sizes else picture.image.url
    return format_html('<img class="office-thumb" src="{}" alt="" loading="lazy" width="48" height="60">', address)


class PictureInline(TabularInline):
    model = Picture
    form = PictureForm
    formset = PictureFormSet
    readonly_fields = ["shown"]
    ordering = ["position", "id"]
    extra = 0
    hide_title = True
    show_count = True

    def get_fields(self, request, obj=None):
        return ["shown", "upload", "position", "value", "variant", *in_all("alt")]

    def get_autocomplete_fields(self, request) -> list[str]:
        """Some variants stand in a list; hundreds of them, again for each picture, are looked for."""
        many = Variant.objects.filter(product=self._product(request)).count() > LISTED
        return ["variant"] if many else []

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "value":
            chosen = OptionValue.objects.filter(variants__product=self._product(request)).distinct()
            kwargs["queryset"] = chosen.select_related("option")
        if db_field.name == "variant":
            kwargs["queryset"] = Variant.objects.filter(product=self._product(request))
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name in ("value", "variant"):
            field.empty_label = _("all")
        return field

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in ("value", "variant") and hasattr(field.widget, "can_add_related"):
            field.widget = field.widget.widget
        return field

    def _product(self, request) -> int:
        return int(request.resolver_match.kwargs.get("object_id") or 0)

    @display(description=gettext_lazy("picture"))
    def shown(self, picture: Picture) -> str:
        if picture.pk is None:
            return "–"
        state = "" if picture.is_ready else _("Sizes are being made.")
        return format_html("{} {}", thumbnail(picture), state)
