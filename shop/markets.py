"""In which market a visitor reads and buys: the currency of his choice, the group of his account."""

from functools import cached_property

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from catalog import markets
from catalog.markets import Market
from catalog.queries import markets as known
from shop import frame

COOKIE = "currency"
# For so many seconds suggestions believe what the page said on which somebody types: in which group he is.
FRESH_FOR = 60
MAX_AGE = 365 * 24 * 3600


class Visit:
    """Asked only when a price is about to be shown, and then once: most pages of most visitors cost no query."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def __call__(self) -> Market:
        return self.market

    @cached_property
    def market(self) -> Market:
        wish, group = self.wish, self._group() if self._may_have_group() else ""
        if not group and wish in ("", settings.SHOP_CURRENCY):
            return markets.base()
        # The state of the catalogue is asked outside: it is kept by market itself.
        with markets.using(markets.base()):
            return known.market_for(wish, group, frame.state_of(self.request))

    @property
    def wish(self) -> str:
        """The currency asked for in the address (a link of a feed), or chosen before."""
        return self.request.GET.get("currency") or self.request.COOKIES.get(COOKIE, "")

    @property
    def was_linked(self) -> bool:
        """He followed a link to a currency: what he puts in his cart is to be in it too."""
        asked = self.request.GET.get("currency")
        return bool(asked) and asked == self.market.currency and asked != self.request.COOKIES.get(COOKIE)

    def _may_have_group(self) -> bool:
        """Whether it is worth two queries to know who he is: nobody has a group where no prices are for groups."""
        if settings.SESSION_COOKIE_NAME not in self.request.COOKIES:
            return False
        if not frame.knows_state(self.request):
            return True
        with markets.using(markets.base()):
            return any(market.group for market in known.open_markets(frame.state_of(self.request)))

    def _group(self) -> str:
        """Asked of the account, which costs two queries; while somebody types, of the page he types on."""
        place = f"group-of-{salted_hmac('group', self.request.session.session_key or '').hexdigest()}"
        match = self.request.resolver_match
        if match and match.url_name == "suggest" and (known := cache.get(place)) is not None:
            return known
        user = getattr(self.request, "user", None)
        group = (user.group_id or "") if user is not None and user.is_authenticated else ""
        cache.set(place, group, FRESH_FOR)
        return group


def currencies(request: HttpRequest) -> list[str]:
    """What a visitor may choose, the shop's own first; one alone is no choice."""
    state = frame.state_of(request)
    with markets.using(markets.base()):
        return known.currencies(state)


def remember(response: HttpResponse, currency: str) -> HttpResponse:
    """He reads and buys in this currency from now on."""
    response.set_cookie(COOKIE, currency, max_age=MAX_AGE, secure=settings.HTTPS, httponly=True, samesite="Lax")
    return response
