"""What a new template starts from."""

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminRadioSelectWidget

from marketing.blocks.starts import STARTS
from marketing.models import Template


class StartForm(forms.ModelForm):
    """A name, and one of a few letters to start from."""

    start = forms.ChoiceField(label=_("Start from"), widget=UnfoldAdminRadioSelectWidget)

    class Meta:
        model = Template
        fields = ["name", "note"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["start"].choices = [(code, start.label) for code, start in STARTS.items()]
        self.fields["start"].initial = next(iter(STARTS))

    def save(self, commit=True) -> Template:
        self.instance.draft = STARTS[self.cleaned_data["start"]].content().as_json()
        return super().save(commit)
