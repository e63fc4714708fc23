"""Signing in at the back office: as careful with guesses as the shop's own page."""

from allauth.account.adapter import get_adapter
from unfold.forms import AuthenticationForm


class OfficeLoginForm(AuthenticationForm):
    """Failures are counted by account and by address, together with those at the shop's own page."""

    def clean(self) -> dict:
        typed = self.cleaned_data
        if typed.get("username") and typed.get("password"):
            self.user_cache = get_adapter().authenticate(
                self.request, email=typed["username"], password=typed["password"]
            )
            if self.user_cache is None:
                raise self.get_invalid_login_error()
            self.confirm_login_allowed(self.user_cache)
        return typed
