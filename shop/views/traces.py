"""Forgetting what the shop keeps for this visitor."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shop import recent
from shop.pockets import VIEWED


@require_POST
def forget_searches(request: HttpRequest) -> HttpResponse:
    """A visitor's own last searches, on all devices of a customer."""
    response = redirect("search")
    recent.forget_searches(request, response)
    messages.success(request, _("Your last searches are forgotten."))
    return response


@require_POST
def forget_viewed(request: HttpRequest) -> HttpResponse:
    """What was looked at."""
    response = redirect("home")
    VIEWED.empty(response)
    messages.success(request, _("What you looked at is forgotten."))
    return response
