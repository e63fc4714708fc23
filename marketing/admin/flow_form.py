"""The words of a flow, checked before they are kept."""

from django import forms
from django.conf import settings
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from marketing.letters import FIELDS
from marketing.models import Flow, Template
from marketing.words import PLACES, CannotBeWritten, check

LANGUAGES = dict(settings.LANGUAGES)
REQUIRED = ("subject", "heading", "body")


class FlowForm(forms.ModelForm):
    """Each language has the same four fields; English ones are filled in, for they stand in for missing ones."""

    class Meta:
        model = Flow
        fields = "__all__"  # noqa: DJ007

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "template" in self.fields:
            published = Template.objects.filter(versions__isnull=False, is_archived=False).distinct()
            self.fields["template"].queryset = published
        for name, field, code in self._words():
            field.label = capfirst(Flow._meta.get_field(name).verbose_name)
            # The words stand ready also while a template is sent instead of them.
            field.required = code == settings.LANGUAGE_CODE and name in REQUIRED
            field.widget.attrs["lang"] = code

    def clean(self) -> dict:
        data = super().clean()
        for name, _field, code in self._words():
            try:
                check(data.get(f"{name}_{code}") or "")
            except CannotBeWritten as error:
                self.add_error(f"{name}_{code}", str(error))
        return data

    def _words(self):
        for code in LANGUAGES:
            for name in FIELDS:
                if f"{name}_{code}" in self.fields:
                    yield name, self.fields[f"{name}_{code}"], code


def fieldsets() -> list:
    """One group per language, so that a letter is read from its subject to its end."""
    places = ", ".join(f"{{{{ {place} }}}}" for place in PLACES)
    hint = _("Plain text. These places are filled in: {places}")
    return [
        (language, {"fields": [f"{name}_{code}" for name in FIELDS], "description": format_lazy(hint, places=places)})
        for code, language in LANGUAGES.items()
    ]
