"""Rows of a long table that name an article: its words are at hand with the row, and are not asked for one by one."""

from django import forms
from django.db.models import Model


class VariantRowForm(forms.ModelForm):
    """A row that has a variant; its chooser shows that one without a query."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "variant" in self.fields:
            _show(self.fields["variant"].widget, self.instance.variant)


def _show(widget: forms.Widget, known: Model) -> None:
    chooser = getattr(widget, "widget", widget)
    ask = chooser.optgroups

    def optgroups(name: str, value: list[str], attrs: dict | None = None) -> list:
        if value != [str(known.pk)]:
            return ask(name, value, attrs)
        return [(None, [chooser.create_option(name, known.pk, str(known), True, 0)], 0)]

    chooser.optgroups = optgroups
