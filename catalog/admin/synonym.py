"""Synonyms, and a box to try a search as a visitor would."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from catalog import revision
from catalog.models import Synonym
from catalog.models.synonym import phrases

AT_MOST = 3000


class SynonymForm(forms.ModelForm):
    class Meta:
        model = Synonym
        fields = ["language", "kind", "words", "also"]

    def clean(self) -> dict:
        told = super().clean()
        for name in ("words", "also"):
            if told.get(name):
                told[name] = ", ".join(phrases(told[name]))
        if told.get("kind") == Synonym.Kind.EQUAL:
            told["also"] = ""
            if len(phrases(told.get("words") or "")) == 1:
                self.add_error("words", _("Name at least two words that mean the same, separated by a comma."))
        elif told.get("kind") and not told.get("also") and "also" not in self.errors:
            self.add_error("also", _("Say what is found too, or choose that the words mean the same."))
        if self.instance.pk is None and Synonym.objects.count() >= AT_MOST:
            raise ValidationError(
                _("There are %(number)d entries already; remove some first."), params={"number": AT_MOST}
            )
        return told


@admin.register(Synonym)
class SynonymAdmin(ModelAdmin):
    """Changes hold from the next search on: nothing has to be indexed anew."""

    form = SynonymForm
    list_display = ["words", "kind", "also", "language"]
    list_filter = ["language", "kind"]
    search_fields = ["words", "also"]
    radio_fields = {"kind": admin.VERTICAL}
    list_before_template = "office/search-try-link.html"

    def save_model(self, request, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        revision.renew()

    def delete_model(self, request, obj) -> None:
        super().delete_model(request, obj)
        revision.renew()

    def delete_queryset(self, request, queryset) -> None:
        super().delete_queryset(request, queryset)
        revision.renew()
