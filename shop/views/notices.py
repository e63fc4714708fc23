"""Being told when something is back or cheaper: asking, confirming by the link in the letter, changing one's mind."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from catalog import markets
from catalog.models import Variant
from catalog.queries import prices
from customers.tokens import NOTICES, NotOurToken, email_from
from marketing import notice_letters
from marketing.actions import notices as actions
from marketing.models import Notice
from shop import voices
from shop.forms.notices import NoticeForm
from shop.newsletter import reads_post_of
from shop.views.paying import private
from shop.views.post import incomplete, said

ASKED_PER_HOUR = 30


@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """The form, by itself (a price) or sent from the page of what is sold out."""
    source = request.POST if request.method == "POST" else request.GET
    variant = variant_or_404(source.get("sku", ""))
    kind = source.get("kind", "")
    if kind not in Notice.Kind.values:
        raise Http404(kind)
    form = form_for(request, variant, kind, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_machine:
        return _asked(request, variant, "")
    if form.is_valid():
        return _take(request, variant, kind, form.cleaned_data.get("email") or proven_address(request))
    thing = notice_letters.thing_of(Notice(variant=variant), get_language())
    context = {"form": form, "variant": variant, "kind": kind, "price": _price(variant)}
    context |= {"product": thing["product"], "words": thing["variant"]}
    return private(render(request, "notices/ask.html", context, status=422 if form.is_bound else 200))


def form_for(request, wanted, kind: str, data=None) -> NoticeForm:
    """The form for what has that SKU; without a field for the address when a customer has proven his."""
    initial = {"kind": kind, "sku": wanted.sku}
    if request.user.is_authenticated:
        initial["email"] = request.user.email
    return NoticeForm(data, initial=initial, email=proven_address(request))


def proven_address(request) -> str:
    """The address of a customer who has confirmed it; empty for everybody else."""
    if not request.user.is_authenticated:
        return ""
    return request.user.email if reads_post_of(request.user, request.user.email) else ""


def variant_or_404(sku: str) -> Variant:
    if not sku or len(sku) > 80 or "\x00" in sku:
        raise Http404(sku[:20])
    return get_object_or_404(Variant.objects.for_sale().select_related("product"), sku=sku)


def _price(variant: Variant):
    cost = prices.unit_price(variant.pk)
    return cost.unit if cost else None


def _take(request, variant: Variant, kind: str, email: str) -> HttpResponse:
    if voices.often(request, "notice", ASKED_PER_HOUR):
        return said(request, _("That was often"), _("Please try again in an hour."), 429)
    market, customer = markets.current(), request.user if request.user.is_authenticated else None
    is_proven = bool(proven_address(request)) and email == proven_address(request)
    seen = _price(variant)
    if seen is None:
        raise Http404(variant.sku)
    now, language = timezone.now(), get_language()
    actions.ask(kind, variant, email, language, market, seen, now, customer, is_proven)
    return _asked(request, variant, "" if is_proven else email)


def _asked(request, variant: Variant, email: str) -> HttpResponse:
    """The same words whatever we know of the address."""
    return private(render(request, "notices/asked.html", {"variant": variant, "email": email}))


@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the letter: one button, so that no mail scanner confirms anything."""
    try:
        notice = notice_letters.notice_from(token)
    except Notice.DoesNotExist:
        return incomplete(request)
    if request.method == "POST":
        actions.confirm(notice, timezone.now())
        notice.refresh_from_db()
    context = {"notice": notice, **notice_letters.thing_of(notice, get_language())}
    return private(render(request, "notices/confirm.html", context))


@never_cache
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Everything that one address waits for, by the link in our letters; each can be cancelled."""
    try:
        email = email_from(token, NOTICES)
    except NotOurToken:
        return incomplete(request)
    return private(_list(request, Notice.objects.filter(email=email), "notices/list.html"))


@never_cache
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """The same for a customer who is signed in."""
    return _list(request, Notice.objects.filter(customer=request.user), "my/notices.html")


def _list(request, rows, template: str) -> HttpResponse:
    if request.method == "POST":
        number = request.POST.get("notice", "")
        chosen = rows.filter(pk=int(number)) if number.isascii() and number.isdecimal() and len(number) < 16 else None
        if chosen is not None and actions.cancel(chosen):
            messages.success(request, _("We do not write about it any more."))
        return redirect(request.path)
    found = list(rows.filter(status__in=Notice.OPEN).select_related("variant__product").order_by("-pk")[:100])
    for notice in found:
        notice.thing = notice_letters.thing_of(notice, get_language())
    return render(request, template, {"notices": found})
