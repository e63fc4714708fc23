"""allauth's forms in our words: labels above the fields instead of grey text inside, hints that help."""

from allauth.account import forms as allauth
from django.utils.translation import gettext_lazy as _

from shop.forms.kindness import KindForm

LABELS = {
    "login": _("E-mail"),
    "email": _("E-mail"),
    "password": _("Password"),
    "password1": _("Password"),
    "oldpassword": _("Your password until now"),
}
MISSING = {
    "login": _("Write your e-mail address."),
    "email": _("Write your e-mail address."),
    "password": _("Write your password."),
    "password1": _("Choose a password of at least 10 characters."),
    "oldpassword": _("Write the password that you have used until now."),
}
INVALID_EMAIL = _("Write an e-mail address with an @ and a dot, such as ann@example.com.")


class OurWords(KindForm):
    """Mixed into a form of allauth."""

    def tell_widgets(self) -> None:
        # Written once: browsers and password managers keep it, and a wrong one is mended by a letter.
        self.fields.pop("password2", None)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(name, field.label)
            if name in MISSING:
                field.error_messages["required"] = MISSING[name]
            if name in ("login", "email"):
                field.error_messages["invalid"] = INVALID_EMAIL
                for validator in field.validators:
                    if getattr(validator, "code", "") == "invalid":
                        validator.message = INVALID_EMAIL
                field.widget.attrs |= {"inputmode": "email", "autocapitalize": "none", "spellcheck": "false"}
            if name == "password1":
                field.label = _("New password") if "oldpassword" in self.fields else field.label
                field.help_text = _("At least 10 characters; a short sentence is easy to remember.")
            if name == "password":
                field.help_text = ""
            field.widget.attrs.setdefault("enterkeyhint", "next")
        super().tell_widgets()


class LoginForm(OurWords, allauth.LoginForm):
    pass


class SignupForm(OurWords, allauth.SignupForm):
    pass


class AddEmailForm(OurWords, allauth.AddEmailForm):
    pass


class ChangePasswordForm(OurWords, allauth.ChangePasswordForm):
    pass


class SetPasswordForm(OurWords, allauth.SetPasswordForm):
    pass


class ResetPasswordForm(OurWords, allauth.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(OurWords, allauth.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(OurWords, allauth.ReauthenticateForm):
    pass
