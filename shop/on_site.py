"""The message for whoever looks at a page: drawn with it, never over it, and closed without a script."""

from django.http import HttpRequest
from django.utils import timezone

from marketing import tokens
from marketing.actions import showing
from shop.languages import without_prefix
from shop.visits import is_person

# Where nobody is to be led away from what he does.
QUIET = ("/checkout/", "/orders/", "/accounts/", "/unsubscribe/", "/preferences/", "/my/messages/", "/n/", "/offline/")


def message_for(request: HttpRequest) -> dict | None:
    """What the frame of the page needs to show it; None for almost everybody."""
    if request.method != "GET" or without_prefix(request.path_info).startswith(QUIET) or not is_person(request):
        return None
    now = timezone.now()
    message = showing.waiting_for(request.user if request.user.is_authenticated else None, now)
    message = showing.show(message, now) if message else None
    if message is None:
        return None
    return {"html": message.html, "token": tokens.token_for(message), "next": request.get_full_path()[:2000]}
