"""Writing a review, and reporting one."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from marketing.actions.voice_pictures import AT_MOST
from marketing.models import Review, ReviewReport
from shop.forms.fields import LineField, TextField
from shop.forms.guard import GuardedForm
from shop.forms.kindness import KindForm
from shop.forms.pictures import PicturesField

STARS = [
    ("5", _("5 stars: very good")),
    ("4", _("4 stars: good")),
    ("3", _("3 stars: all right")),
    ("2", _("2 stars: rather not")),
    ("1", _("1 star: no")),
]


class ReviewForm(KindForm, forms.Form):
    """`with_fit` for goods that have sizes; `kept` are the pictures that are there already."""

    rating = forms.ChoiceField(
        label=_("How many stars?"),
        choices=STARS,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose from one to five stars."),
            "invalid_choice": _("Choose from one to five stars."),
        },
    )
    fit = forms.ChoiceField(
        label=_("How does it fit?"),
        choices=[*Review.Fit.choices, ("", _("I cannot say"))],
        required=False,
        widget=forms.RadioSelect,
    )
    title = LineField(label=_("In a few words"), max_length=120, required=False)
    text = TextField(
        label=_("Your review"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": 4000}),
        help_text=_("What is good, what is not, how you use it."),
        error_messages={"required": _("Write a sentence or two about it.")},
    )
    pictures = PicturesField(
        at_most=AT_MOST,
        label=_("Pictures"),
        help_text=_("Up to four. Where and with what they were taken is removed from them."),
    )
    name = LineField(
        label=_("Your name, as others see it"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
        error_messages={"required": _("Write a name; a first name or an initial will do.")},
    )

    def __init__(self, *args, with_fit: bool = False, kept: list[dict] = (), **kwargs):
        self.kept = list(kept)
        super().__init__(*args, **kwargs)
        if not with_fit:
            del self.fields["fit"]

    @property
    def dropped(self) -> list[str]:
        """The files of pictures that were ticked to be taken away; only his own count."""
        ticked = set(self.data.getlist("drop")) if hasattr(self.data, "getlist") else set()
        return [picture["file"] for picture in self.kept if picture["file"] in ticked]

    def clean(self):
        cleaned = super().clean()
        number = len(self.kept) - len(self.dropped) + len(cleaned.get("pictures") or [])
        if number > AT_MOST:
            words = ngettext("At most %(n)d picture.", "At most %(n)d pictures.", AT_MOST)
            self.add_error("pictures", words % {"n": AT_MOST})
        return cleaned


class ReportForm(GuardedForm, KindForm, forms.Form):
    """Why a review should not be shown."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=ReviewReport.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong.")},
    )
    text = TextField(
        label=_("In your words"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500}),
    )
