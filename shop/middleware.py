"""What every answer carries: the language of its address, and the headers that protect the one who reads it."""

from urllib.parse import urlsplit

from csp.constants import NONCE, SELF
from django.conf import settings
from django.db import DataError
from django.http import HttpResponseRedirect
from django.utils import translation
from django.utils.cache import patch_vary_headers

from catalog import markets
from marketing import presence
from shop import recognising
from shop.arriving import note_arrival
from shop.languages import NAMES, path_in, without_prefix
from shop.markets import Visit, remember
from shop.views.errors import bad_request

# Nobody but its owner may keep such a page: not a proxy, not the browser of the next person at this machine.
PERSONAL = (
    "/cart/",
    "/checkout/",
    "/orders/",
    "/my/",
    "/accounts/",
    "/admin/",
    "/staff/",
    "/unsubscribe/",
    "/preferences/",
    "/reviews/write/",
    "/notices/",
    "/lists/",
)
OFFICE = ("/admin/", "/staff/")
# Rows that a table of the back office may announce and leave empty.
SPARE_FORMS = 50
POLICY = {
    "Permissions-Policy": "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), "
    "gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# The theme of the back office evaluates expressions and writes styles; nothing of it reaches the shop's pages.
OFFICE_CSP = {"script-src": [SELF, "'unsafe-eval'", NONCE], "style-src": [SELF, "'unsafe-inline'"]}


class LanguageMiddleware:
    """The language of the address; without one in front it is English, whatever the browser prefers.

    An address thus always shows the same page. Whoever changes the language on a page of ours gets a cookie,
    and is led to the home page in that language when he next types the bare address: only there, and only when
    he follows no link.
    The back office, which has one address for all languages, speaks the language of that cookie.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = _language_of(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        if (home := _home_that_was_chosen(request)) is not None:
            return home
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language())
        if _was_switched(request, language):
            _remember(response, language)
        return response


def _language_of(request) -> str:
    if request.path_info.startswith(OFFICE):
        return _chosen(request) or settings.LANGUAGE_CODE
    return translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE


def _chosen(request) -> str:
    code = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return code if code in NAMES else ""


def _home_that_was_chosen(request):
    if request.path_info != "/" or request.headers.get("Sec-Fetch-Site") != "none":
        return None
    chosen = _chosen(request)
    if not chosen or chosen == settings.LANGUAGE_CODE:
        return None
    response = HttpResponseRedirect(path_in(chosen, "/"))
    response.headers["Cache-Control"] = "private, no-store"
    patch_vary_headers(response, ["Cookie", "Sec-Fetch-Site"])
    return response


def _was_switched(request, language: str) -> bool:
    """Whether the visitor came from a page of ours in another language."""
    try:
        referrer = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        # A browser never sends such an address; whoever does gets the page all the same.
        return False
    if request.method != "GET" or _chosen(request) == language or referrer.netloc != request.META.get("HTTP_HOST"):
        return False
    same_page = without_prefix(referrer.path) == without_prefix(request.path_info)
    return same_page and referrer.path != request.path_info


def _remember(response, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.HTTPS,
        samesite="Lax",
        httponly=True,
    )


class MarketMiddleware:
    """Lists, cards and product pages speak the visitor's currency and the prices of his group.

    The back office and machines that read feeds have no cookie and no group: they see the shop's own prices.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info.startswith(OFFICE):
            return self.get_response(request)
        visit = Visit(request)
        token = markets.activate(visit)
        try:
            response = visit.note(self.get_response(request))
            return remember(response, visit.market.currency) if visit.was_linked else response
        finally:
            markets.deactivate(token)


class VisitorMiddleware:
    """Says who is here, for the log of events, and writes down by which road he came: if he agreed to be recognised.

    It reads a cookie and asks the database nothing before the answer.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info.startswith(OFFICE):
            return self.get_response(request)
        token = presence.arrive(recognising.visitor_of(request))
        try:
            return note_arrival(request, self.get_response(request))
        finally:
            presence.leave(token)


class NumbersMiddleware:
    """What no database holds, typed into an address or sent in place of a form: damaged, not broken."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method == "POST" and request.path_info.startswith("/admin/") and _claims_more_forms(request.POST):
            return bad_request(request, None)
        return None

    def process_exception(self, request, exception):
        return bad_request(request, exception) if _is_damaged(request, exception) else None


def _is_damaged(request, exception) -> bool:
    if isinstance(exception, ValueError | DataError) and _has_nul(request):
        # PostgreSQL keeps no NUL character, and no browser sends one.
        return True
    if not request.path_info.startswith(OFFICE):
        return False
    # The lists of the back office take any filter from their address, such as a year that no calendar has.
    # What was ticked or picked, and the rows of a table, come as numbers and are believed to be some.
    is_picked = request.method == "POST" and "expected a number" in str(exception)
    is_typed = any("__" in name for name in request.GET) or is_picked
    return (is_typed and isinstance(exception, ValueError)) or isinstance(exception, OverflowError | DataError)


def _claims_more_forms(sent) -> bool:
    """Whether a table says that it has many more rows than were sent: each would be made, with all its fields."""
    for name in sent:
        prefix = name.removesuffix("TOTAL_FORMS")
        if prefix == name or not prefix.endswith("-"):
            continue
        number = sent[name]
        if not number.isdecimal() or int(number[:9]) <= SPARE_FORMS:
            continue
        rows = {other[len(prefix) :].partition("-")[0] for other in sent if other.startswith(prefix)}
        if int(number[:9]) > len(rows) + SPARE_FORMS:
            return True
    return False


def _has_nul(request) -> bool:
    sent = [*request.GET.lists(), *request.POST.lists()]
    return "\0" in request.path_info or any("\0" in text for name, texts in sent for text in (name, *texts))


class HeadersMiddleware:
    """What a browser may do with our pages, and who may keep them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in POLICY.items():
            response.headers.setdefault(name, value)
        path = without_prefix(request.path_info)
        if path.startswith(OFFICE):
            response._csp_replace = OFFICE_CSP
        if path.startswith(PERSONAL):
            response.headers["Cache-Control"] = "private, no-store"
        elif "Cache-Control" not in response.headers and response.get("Content-Type", "").startswith("text/html"):
            # The number in the cart is the visitor's own: his browser may keep the page but asks before showing it.
            response.headers["Cache-Control"] = "private, no-cache"
        return response
