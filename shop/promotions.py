"""Promotions as shoppers meet them: codes that came by a link, sentences about what applies and what nearly does."""

from dataclasses import dataclass
from urllib.parse import quote, unquote

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from catalog.models import Variant
from catalog.money import format_minor
from orders.actions import promotions
from orders.models import Cart
from orders.promotions import Reason, Refused
from orders.promotions.codes import key_of
from orders.queries.promoted import Entered
from orders.queries.summary import Summary
from shop import limits

COOKIE = "code"
MAX_AGE = 30 * 24 * 3600
TRIES, SECONDS = 20, 600
# Signing in at another service leads back with a `code` that is none of ours.
NOT_OURS = ("/accounts/", "/admin/", "/staff/")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a typed code was not taken; what was typed stays in its field."""

    sentence: str
    typed: str = ""
    status: int = 422


@dataclass(frozen=True, slots=True)
class Hint:
    """What is nearly reached; `gift` is what may be put into the cart for nothing."""

    sentence: str
    gift: Variant | None = None


def enter(request: HttpRequest, cart: Cart, typed: str) -> Fault | None:
    """Put a code into the cart. Unknown, over and used up are told in one sentence, and nobody may try for long."""
    typed = typed.replace("\0", "").strip()[:60]
    if not typed:
        return Fault(_("Write the code first."))
    if not limits.within("promotion-code", get_adapter().get_client_ip(request), TRIES, SECONDS):
        return Fault(_("Those were many codes. Please wait ten minutes."), typed, 429)
    try:
        promotions.enter(cart, typed)
    except promotions.NotTaken:
        return Fault(_("This code cannot be used. Check its spelling; it may also have run out."), typed)
    except promotions.TooManyCodes:
        return Fault(_("There are several codes in the cart already. Take one out first."), typed)
    return None


def linked(request: HttpRequest) -> str:
    """The code that the address brings along; empty when it brings none."""
    if request.method != "GET" or "code" not in request.GET or any(part in request.path for part in NOT_OURS):
        return ""
    return key_of(request.GET["code"])


def keep(request: HttpRequest, response: HttpResponse, code: str) -> HttpResponse:
    """Keep a code until there is a cart."""
    response.set_cookie(COOKIE, quote(code), max_age=MAX_AGE, secure=settings.HTTPS, httponly=True, samesite="Lax")
    return response


def take_along(request: HttpRequest, cart: Cart) -> Fault | None:
    """Put the code that was kept, or that this address brings, into the cart."""
    code = linked(request) or key_of(unquote(request.COOKIES.get(COOKIE, "")))
    if not code or code in cart.codes:
        return None
    request.code_is_taken = True
    return enter(request, cart, code)


def forget(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """It is in the cart, or was refused: it is not tried again."""
    if getattr(request, "code_is_taken", False):
        response.delete_cookie(COOKIE, samesite="Lax")
    return response


class CodeMiddleware:
    """A link with `?code=` to any page: the code waits for the cart."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        code = linked(request)
        if not code:
            return self.get_response(request)
        # Before the page is drawn, so that it says so itself.
        messages.info(request, _("The code %(code)s is kept for your cart.") % {"code": code})
        response = self.get_response(request)
        return response if getattr(request, "code_is_taken", False) else keep(request, response, code)


def said(entered: Entered, summary: Summary) -> str:
    """Why a code in the cart takes nothing off; empty when it does."""
    if entered.applied:
        return ""
    refused = entered.refused
    if refused is None:
        return _("It can no longer be used.")
    money = {"sum": format_minor(refused.missing, summary.currency, get_language() or "en")}
    others = {"name": refused.by.name if refused.by else ""}
    sentences = {
        Reason.TOO_LITTLE: _("%(sum)s more, and it applies.") % money,
        Reason.TOO_FEW: _pieces(refused.missing),
        Reason.NO_GOODS: _("It is not for the goods in this cart."),
        Reason.GIFT_IS_MISSING: _("Put the gift in your cart, and it costs nothing."),
        Reason.COUNTRY: _("It is not for deliveries to this country."),
        Reason.CURRENCY: _("It is not offered in %(currency)s.") % {"currency": summary.currency},
        Reason.METHOD: _("It is not for this way of delivery."),
        Reason.NO_DELIVERY: _("Nothing in this cart is sent."),
        Reason.WEEKDAY: _("It does not hold today."),
        Reason.BEATEN: _("“%(name)s” takes more off.") % others,
        Reason.NOT_TOGETHER: _("It does not go together with “%(name)s”.") % others,
        Reason.NOTHING_LEFT: _("There is nothing left that it could take off."),
    }
    return sentences.get(refused.reason, _("It cannot be used for this cart."))


def hint(summary: Summary) -> Hint | None:
    """The one promotion that is nearest, where little is missing. A gift comes before all."""
    gone = {line.variant.pk for line in summary.gifts_gone}
    near = [one for one in summary.outcome.refused if not one.code and _is_near(one, summary)]
    near = [one for one in near if one.rule.gift not in gone]
    if not near:
        return None
    one = min(near, key=lambda one: (one.reason != Reason.GIFT_IS_MISSING, one.reason, one.missing, one.rule.pk))
    if one.reason == Reason.GIFT_IS_MISSING:
        gift = Variant.objects.for_sale().select_related("product").filter(pk=one.rule.gift).first()
        return Hint(one.rule.name, gift) if gift else None
    if one.reason == Reason.TOO_FEW:
        return Hint(_("One more piece, and you get “%(name)s”.") % {"name": one.rule.name})
    sum_ = format_minor(one.missing, summary.currency, get_language() or "en")
    return Hint(_("%(sum)s more, and you get “%(name)s”.") % {"sum": sum_, "name": one.rule.name})


def _is_near(one: Refused, summary: Summary) -> bool:
    if not all(one.rule.goes_with(applied.rule) for applied in summary.outcome.applied):
        return False
    if one.reason == Reason.TOO_LITTLE:
        least = one.rule.in_currency(summary.currency).min_value or 0
        return one.missing * 3 <= least
    return one.reason == Reason.GIFT_IS_MISSING or (one.reason == Reason.TOO_FEW and one.missing == 1)


def _pieces(missing: int) -> str:
    words = ngettext("%(number)d more piece, and it applies.", "%(number)d more pieces, and it applies.", missing)
    return words % {"number": missing}
