"""Whether a visitor wants to be recognised: what he is asked, what he answered, and the number in his cookie.

One cookie holds the answer: the version of the question, and his number or "no". Who sends "do not track" or "global
privacy control" has answered no, and is not asked.
"""

from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from customers import consent
from customers.models import Consent
from marketing.actions import profiles, visitors
from shop.pockets import MAX_AGE as REMEMBERED_NO

COOKIE = "__Host-visitor" if settings.HTTPS else "visitor"
#: Goes up when the sentence changes in what it means: everybody is asked anew.
VERSION = "1"
WORDING = _(
    "May we recognise this browser when it comes back, to see which pages help and to remind you of what you looked "
    "at? A number in a cookie of our own; nobody else gets it."
)
REMEMBERED_YES = 365 * 24 * 3600
ANALYTICS, WEB = Consent.Purpose.ANALYTICS, Consent.Channel.WEB


def answer_of(request: HttpRequest) -> str:
    """`yes`, `no`, or nothing when he has not answered this version of the question."""
    if refuses_by_header(request):
        return "no"
    version, _dot, value = request.COOKIES.get(COOKIE, "").partition(".")
    if version != VERSION:
        return ""
    return "no" if value == "no" else "yes" if _key(value) else ""


def asks(request: HttpRequest) -> dict[str, str] | None:
    """What the question on the page needs; None where it was answered."""
    if request.method != "GET" or answer_of(request):
        return None
    referrer = request.headers.get("Referer", "")
    try:
        came = "" if host_of(referrer) == request.get_host() else referrer[:500]
    except DisallowedHost:
        # The page says in words that this is not our address; there is nothing to ask.
        return None
    return {"wording": str(WORDING), "next": request.get_full_path()[:2000], "came": came}


def visitor_of(request: HttpRequest) -> UUID | None:
    """The number of who said yes; no query."""
    return number_of(request) if answer_of(request) == "yes" else None


def number_of(request: HttpRequest) -> UUID | None:
    """The number in the cookie, whatever its owner has answered since."""
    return _key(request.COOKIES.get(COOKIE, "").partition(".")[2])


def refuses_by_header(request: HttpRequest) -> bool:
    return request.headers.get("Sec-GPC") == "1" or request.headers.get("DNT") == "1"


def say_yes(request: HttpRequest, response: HttpResponse, source: str) -> UUID:
    """Record the yes and give the browser a number; whoever is signed in is known by it from now on."""
    key = visitor_of(request) or uuid4()
    customer = request.user if request.user.is_authenticated else None
    email = customer.email if customer else ""
    wording = str(WORDING)
    consent.grant(email, ANALYTICS, WEB, wording, source, customer, version=VERSION, visitor_key=key)
    visitors.welcome(key)
    if customer:
        profiles.link(key, profiles.know(email, customer), is_proof=True)
    _remember(response, str(key), REMEMBERED_YES)
    return key


def say_no(request: HttpRequest, response: HttpResponse, source: str) -> None:
    """Remember the no. A yes of before is taken back, and its number forgotten: what was seen names nobody any more."""
    key = number_of(request)
    if key and visitors.is_known(key):
        customer = request.user if request.user.is_authenticated else None
        email = customer.email if customer else ""
        more = {"purpose": ANALYTICS, "channel": WEB, "visitor_key": key}
        consent.withdraw(email, source, str(WORDING), customer, **more)
        visitors.forget(key)
    _remember(response, "no", REMEMBERED_NO)


def _remember(response: HttpResponse, value: str, age: int) -> None:
    more = {"secure": settings.HTTPS, "httponly": True, "samesite": "Lax"}
    response.set_cookie(COOKIE, f"{VERSION}.{value}", max_age=age, **more)


def _key(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None


def host_of(address: str) -> str:
    """The host of an address that anybody may have written; nothing for what is none."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""
