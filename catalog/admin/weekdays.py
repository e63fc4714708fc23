"""Days of the week, as boxes to tick."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

#: Monday is 0.
DAYS = [
    gettext_lazy("Monday"),
    gettext_lazy("Tuesday"),
    gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"),
    gettext_lazy("Friday"),
    gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
]


class DaysField(forms.MultipleChoiceField):
    """Its value is the digits of the days that were ticked, in their order."""

    def __init__(self, **kwargs) -> None:
        choices = [(str(number), name) for number, name in enumerate(DAYS)]
        super().__init__(choices=choices, required=False, widget=UnfoldAdminCheckboxSelectMultipleWidget, **kwargs)

    def prepare_value(self, value):
        return list(value) if isinstance(value, str) else value

    def clean(self, value) -> str:
        return "".join(sorted(super().clean(value)))

    def has_changed(self, initial, data) -> bool:
        return "".join(sorted(data or [])) != (initial or "")


class WorkdaysField(DaysField):
    """On which days somebody works: at least one."""

    def clean(self, value) -> str:
        ticked = super().clean(value)
        if not ticked:
            raise forms.ValidationError(_("Tick at least one day."))
        return ticked
