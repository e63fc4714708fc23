"""The page of a broadcast: to whom, what, when, how far it is, and what came of it."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from customers import mail
from customers.admin.letters import letter_page
from customers.consent import normal
from customers.letters import Letter, absolute
from marketing.admin.segment_page import measuring
from marketing.blocks import Content
from marketing.blocks.checks import findings_of_letter
from marketing.blocks.reader import reader_of, sample
from marketing.blocks.rendering import letter_of
from marketing.models import Broadcast, Message, Profile
from marketing.queries.broadcasts import outlook, promotions_of, results
from marketing.queries.segments import base_rate
from marketing.reasons import in_words
from marketing.words import CannotBeWritten

LANGUAGES = dict(settings.LANGUAGES)
# Seconds after which the page of one that is under way asks again.
REFRESH = 4
UNDER_WAY = (Broadcast.Status.PLANNING, Broadcast.Status.SENDING)


def allow(may: bool) -> None:
    if not may:
        raise PermissionDenied


def show(request: HttpRequest, model_admin, one: Broadcast) -> HttpResponse:
    letter, problem = letter_for(request, one)
    context = {
        **context_of(request, model_admin, one, one.name),
        "language": language_of(request),
        "languages": [
            (code, name, f"?{urlencode({'language': code, 'as': reader(request)})}") for code, name in LANGUAGES.items()
        ],
        "reader": reader(request),
        "query": urlencode({"language": language_of(request), "as": reader(request)}),
        "letter": letter,
        "problem": problem,
        "findings": findings_of_letter(letter) if letter else [],
        "promotions": promotions_of(one),
        **(_result(one) if one.planned_at or one.is_over else _prospect(one)),
    }
    response = render(request, "office/broadcast/page.html", context)
    if one.status in UNDER_WAY:
        response.headers["Refresh"] = str(REFRESH)
    return response


def context_of(request: HttpRequest, model_admin, one: Broadcast, title: str) -> dict:
    return {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "opts": model_admin.opts,
        "one": one,
        "may_steer": model_admin.may_steer(request),
        "may_add": model_admin.has_add_permission(request),
    }


def _prospect(one: Broadcast) -> dict:
    """Whom it would go to now."""
    now = timezone.now()
    seen = outlook(one, now)
    return {
        "outlook": seen,
        "left_out": [(in_words(reason), number) for reason, number in seen.left_out.items()],
        "measuring": measuring(seen.most, *base_rate(now)),
    }


def _result(one: Broadcast) -> dict:
    counted = results(one)
    states = [(code, label, counted.by_status.get(code, 0)) for code, label in Message.Status.choices]
    return {
        "results": counted,
        "states": [row for row in states if row[2]],
        "reasons": [(reason, in_words(reason), number) for reason, number in counted.by_reason.items()],
        "settled": counted.whole - counted.open,
    }


def letter(request: HttpRequest, one: Broadcast) -> HttpResponse:
    """The HTML alone, for a frame."""
    written, problem = letter_for(request, one)
    return letter_page(written.html if written else format_html("<!doctype html><p>{}</p>", problem))


def test(request: HttpRequest, one: Broadcast) -> HttpResponseRedirect:
    """Send it to the person at this desk, and to nobody else."""
    if request.method == "POST":
        written, problem = letter_for(request, one)
        if written:
            mail.queue(f"test:broadcast:{uuid.uuid4()}", request.user.email, written)
            messages.success(request, _("A test is on its way to %(email)s.") % {"email": request.user.email})
        else:
            messages.error(request, problem)
    address = reverse("admin:marketing_broadcast_change", args=[one.pk])
    return redirect(f"{address}?{urlencode({'language': language_of(request), 'as': reader(request)})}")


def letter_for(request: HttpRequest, one: Broadcast) -> tuple[Letter | None, str]:
    """What the chosen reader would get in the chosen language, or why it cannot be shown."""
    version = one.version or one.template.newest
    if version is None:
        return None, _("The letter is not published yet: open its template and publish it.")
    email, language = reader(request), language_of(request)
    profile = Profile.objects.select_related("customer").filter(email=email).first() if email else None
    if email and profile is None:
        return None, _("Nobody with the address %(email)s is known.") % {"email": email}
    whose = reader_of(profile, language) if profile else sample(language)
    try:
        return letter_of(Content.read(version.content), whose, absolute(reverse("newsletter")), timezone.now()), ""
    except CannotBeWritten as error:
        return None, str(error)


def reader(request: HttpRequest) -> str:
    return normal(request.GET.get("as", "").replace("\0", ""))[:254]


def language_of(request: HttpRequest) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in LANGUAGES else (get_language() or settings.LANGUAGE_CODE)
