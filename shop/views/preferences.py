"""What we may send to whom: one page, by the link in our letters or from the account. GET and HEAD change nothing."""

import json
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from customers import consent, texts
from customers.actions import phone_numbers
from customers.models import Consent, Customer, PhoneNumber
from customers.tokens import PREFERENCES, NotOurToken, email_from, pk_from_short, token_for
from marketing.actions import devices
from marketing.queries.devices import devices_of
from shop import choices, limits, pushing
from shop.forms.preferences import CodeForm, NumberForm
from shop.newsletter import reads_post_of
from shop.views.post import incomplete, said

CODES_PER_DAY = 5
TRIES_PER_HOUR = 60


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose page it is, and from where he came to it."""

    email: str
    source: str
    template: str
    customer: Customer | None = None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """By the signed link: it speaks for one address, without signing in."""
    try:
        email = email_from(token, PREFERENCES)
    except NotOurToken:
        return incomplete(request)
    return _page(request, Desk(email, "preferences", "post/preferences.html"))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """The same for a customer who is signed in and has proven that the mailbox is his."""
    customer = request.user
    if not reads_post_of(customer, customer.email):
        return render(request, "my/messages.html", {"unproven": True, "email": customer.email})
    return _page(request, Desk(customer.email, "account", "my/messages.html", customer))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_texts(request: HttpRequest, token: str) -> HttpResponse:
    """The short link in a text: one button that ends them, and the way to everything else."""
    if not limits.within("short", get_adapter().get_client_ip(request), TRIES_PER_HOUR, 3600):
        return said(request, _("That was often"), _("Please try again in an hour."), 429)
    try:
        number = PhoneNumber.objects.get(pk=pk_from_short(token))
    except (NotOurToken, PhoneNumber.DoesNotExist):
        return incomplete(request)
    if request.method == "POST":
        consent.withdraw(number.email, "link in a text", channel=Consent.Channel.SMS)
    context = {"is_done": request.method == "POST", "number": choices.masked(number.number)}
    context["preferences"] = reverse("preferences", args=[token_for(number.email, PREFERENCES)])
    return render(request, "post/stop-texts.html", context)


def _page(request: HttpRequest, desk: Desk) -> HttpResponse:
    if request.method != "POST":
        return _shown(request, desk)
    if not limits.within("preferences", get_adapter().get_client_ip(request), TRIES_PER_HOUR, 3600):
        return said(request, _("That was often"), _("Please try again in an hour."), 429)
    act = ACTS.get(request.POST.get("do", ""), _keep)
    return act(request, desk) or redirect(request.path)


def _shown(request: HttpRequest, desk: Desk, form=None) -> HttpResponse:
    number, own = choices.number_of(desk.email), devices_of(desk.email)
    context = {
        "email": desk.email,
        "choices": choices.choices_of(desk.email, number, bool(own)),
        "statements": choices.statements_of(desk.email),
        "offers_texts": texts.is_offered(),
        "number": choices.masked(number.number) if number and number.number else "",
        "asked": choices.masked(number.asked) if number and number.asked else "",
        "sms_wording": choices.SMS_WORDING,
        "push_wording": choices.PUSH_WORDING,
        "push_key": pushing.public_key(),
        "devices": own,
        "number_form": form if isinstance(form, NumberForm) else NumberForm(),
        "code_form": form if isinstance(form, CodeForm) else CodeForm(),
        "form": form,
    }
    return render(request, desk.template, context, status=422 if form else 200)


def _keep(request: HttpRequest, desk: Desk) -> None:
    number, own = choices.number_of(desk.email), devices_of(desk.email)
    offered = choices.choices_of(desk.email, number, bool(own))
    wanted = set(request.POST.getlist("channel"))
    refused = choices.keep(desk.email, offered, wanted, desk.source, desk.customer)
    for sentence in refused:
        messages.warning(request, sentence)
    if not refused:
        messages.success(request, _("Saved. It holds from this moment on."))


def _nothing(request: HttpRequest, desk: Desk) -> None:
    consent.withdraw_all(desk.email, desk.source)
    messages.success(request, _("Done. We send you nothing but what your orders need."))


def _ask_number(request: HttpRequest, desk: Desk) -> HttpResponse | None:
    form = NumberForm(request.POST)
    if not texts.is_offered() or not form.is_valid():
        return _shown(request, desk, form)
    number = form.cleaned_data["number"]
    # The price of a text is ours, and the telephone may be somebody else's.
    if not all(limits.within("number", who, CODES_PER_DAY, 86400) for who in (desk.email, number)):
        return said(request, _("That was often"), _("Please try again tomorrow."), 429)
    try:
        now, wording = timezone.now(), str(choices.SMS_WORDING)
        phone_numbers.ask(desk.email, number, get_language() or "en", wording, desk.source, now)
    except phone_numbers.TooSoon:
        messages.warning(request, _("A code is on its way already. It may take a minute."))
    else:
        messages.success(request, _("A code is on its way to your telephone. Write it here within half an hour."))
    return None


def _confirm_number(request: HttpRequest, desk: Desk) -> HttpResponse | None:
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _shown(request, desk, form)
    try:
        phone_numbers.confirm(desk.email, form.cleaned_data["code"], desk.source, timezone.now(), desk.customer)
    except phone_numbers.WrongCode:
        form.add_error("code", _("This is not the code, or it is too old. Have a new one sent."))
        return _shown(request, desk, form)
    messages.success(request, _("Your number is confirmed."))
    return None


def _forget_number(request: HttpRequest, desk: Desk) -> None:
    phone_numbers.forget(desk.email, desk.source)
    messages.success(request, _("We have forgotten your number."))


def _add_device(request: HttpRequest, desk: Desk) -> None:
    """What the browser gave after a press on "Tell me here"."""
    try:
        given = json.loads(request.POST.get("device", "")[:4000])
        if not pushing.is_offered():
            raise devices.NotADevice
        name = pushing.browser_of(request.headers.get("User-Agent", ""))
        wording, language = str(choices.PUSH_WORDING), get_language() or "en"
        devices.add(desk.email, given, language, name, wording, timezone.now(), desk.customer)
    except (ValueError, RecursionError):
        messages.warning(request, _("Your browser gave no place for notifications."))
    else:
        messages.success(request, _("This device is told from now on."))


def _forget_device(request: HttpRequest, desk: Desk) -> None:
    wanted = request.POST.get("device", "")
    for device in devices_of(desk.email):
        if str(device.pk) == wanted:
            devices.remove(device, timezone.now())
            messages.success(request, _("That device is told nothing any more."))


ACTS = {
    "device": _add_device,
    "forget-device": _forget_device,
    "nothing": _nothing,
    "number": _ask_number,
    "code": _confirm_number,
    "forget-number": _forget_number,
}
