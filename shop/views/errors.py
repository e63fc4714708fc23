"""When something goes wrong: calm words, a way on, and never a page without advice."""

import logging
import secrets

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)


def bad_request(request, exception=None):
    return _said(
        request,
        400,
        _("We could not read that"),
        _("The address or the form was damaged on its way. Go back one page and try once more."),
    )


def forbidden(request, exception=None):
    return _said(
        request,
        403,
        _("This page is not yours to open"),
        _("It belongs to somebody else, or you are signed in with another address. Sign in with the right one."),
    )


def not_found(request, exception=None):
    return render(request, "errors/404.html", status=404)


def expired_form(request, reason=""):
    """The form lay open too long, or the browser keeps no cookies. What was typed is still one page back."""
    return _said(
        request,
        403,
        _("This form has lain open too long"),
        _(
            "For your safety a form is valid for a limited time and needs cookies. "
            "Go back, load the page again, and send it once more. Your cart is kept."
        ),
    )


def server_error(request):
    """Needs neither the database nor the session: they may be what is broken."""
    reference = secrets.token_hex(4)
    log.error("Reference %s: the page %s failed.", reference, request.path)
    page = render_to_string("errors/500.html", {"reference": reference})
    return HttpResponse(page, status=500)


def _said(request, status: int, heading: str, advice: str):
    return render(request, "errors/said.html", {"heading": heading, "advice": advice}, status=status)
