"""Asking about a product, and answering."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.forms.fields import EmailField, LineField, TextField
from shop.forms.guard import GuardedForm
from shop.forms.kindness import KindForm


class QuestionForm(GuardedForm, KindForm, forms.Form):
    """A guest leaves an address, so that the answer finds him; it is shown to nobody."""

    text = TextField(
        label=_("Your question"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 1000}),
        error_messages={"required": _("Write your question.")},
    )
    name = LineField(
        label=_("Your name, as others see it"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
        error_messages={"required": _("Write a name; a first name or an initial will do.")},
    )
    email = EmailField(
        help_text=_("The answer goes there. Nobody else sees it."),
        error_messages={"required": _("Write your e-mail address, so that the answer finds you.")},
    )

    def __init__(self, *args, is_customer: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if is_customer:
            del self.fields["email"]


class AnswerForm(KindForm, forms.Form):
    """By somebody who bought it."""

    text = TextField(
        label=_("Your answer"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": 2000}),
        error_messages={"required": _("Write your answer.")},
    )
    name = LineField(
        label=_("Your name, as others see it"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
        error_messages={"required": _("Write a name; a first name or an initial will do.")},
    )
