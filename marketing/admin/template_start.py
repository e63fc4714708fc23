"""What a new template starts from."""

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminRadioSelectWidget

from marketing.blocks import Content
from marketing.blocks.short import SHORT
from marketing.blocks.starts import STARTS
from marketing.models import Template


class StartForm(forms.ModelForm):
    """A name, and one of a few letters to start from; or a short message."""

    start = forms.ChoiceField(label=_("Start from"), widget=UnfoldAdminRadioSelectWidget)

    class Meta:
        model = Template
        fields = ["name", "note"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        short = [(kind, Template.Kind(kind).label) for kind in SHORT]
        self.fields["start"].choices = [*((code, start.label) for code, start in STARTS.items()), *short]
        self.fields["start"].initial = next(iter(STARTS))

    def save(self, commit=True) -> Template:
        start = self.cleaned_data["start"]
        if start in SHORT:
            self.instance.kind, content = start, Content({}, (), start)
        else:
            content = STARTS[start].content()
        self.instance.draft = content.as_json()
        return super().save(commit)
