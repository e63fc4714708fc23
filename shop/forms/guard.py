"""Keeping machines out of forms that anybody may send, without making people prove anything."""

from django import forms
from django.core import signing
from django.utils.translation import gettext as _

SALT = "shop.form-shown"
FASTEST, SLOWEST = 2, 24 * 3600


class GuardedForm:
    """Mixed into a form: a field that people do not see, and the moment at which the form was shown.

    `is_machine` after validation: somebody filled in the hidden field; take nothing and say nothing of it. Whoever
    was faster than two seconds, or took more than a day, is asked to press the button once more.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The name invites machines; people find neither the field nor its label.
        self.fields["website"] = forms.CharField(
            required=False,
            label=_("Leave this empty"),
            widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off", "maxlength": "200"}),
        )
        self.fields["shown"] = forms.CharField(
            required=False, widget=forms.HiddenInput, initial=signing.TimestampSigner(salt=SALT).sign("form")
        )

    def clean(self):
        cleaned = super().clean()
        if not self.is_machine and not _in_time((self.data or {}).get(self.add_prefix("shown"), "")):
            # A fresh stamp, so that the next press goes through.
            self.data = self.data.copy()
            self.data[self.add_prefix("shown")] = signing.TimestampSigner(salt=SALT).sign("form")
            self.add_error(None, _("Please look over it once more and press the button again."))
        return cleaned

    @property
    def is_machine(self) -> bool:
        return bool((self.data or {}).get(self.add_prefix("website"), "").strip())

    def people_see(self):
        """The bound fields without the trap."""
        return [field for field in self.visible_fields() if field.name != "website"]


def _in_time(stamp: str) -> bool:
    try:
        signer = signing.TimestampSigner(salt=SALT)
        signer.unsign(stamp, max_age=SLOWEST)
    except signing.BadSignature:
        return False
    try:
        signer.unsign(stamp, max_age=FASTEST)
    except signing.SignatureExpired:
        return True
    return False
