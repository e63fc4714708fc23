"""In which market a visitor reads and buys: the currency of his choice, the group of his account."""

from functools import cached_property

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from catalog import markets
from catalog.markets import Market
from catalog.queries import markets as known
from shop import frame, market_note

COOKIE = "currency"
MAX_AGE = 365 * 24 * 3600


class Visit:
    """Asked only when a price is about to be shown, and then once: most pages of most visitors cost no query."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        #: Whether accounts or price lists may have had to be asked.
        self.was_asked = False

    def __call__(self) -> Market:
        return self.market

    @cached_property
    def market(self) -> Market:
        if (noted := self._noted()) is not None:
            return noted
        wish, group = self.wish, self._group() if self._may_have_group() else ""
        self.was_asked = self._has_session or wish not in ("", settings.SHOP_CURRENCY)
        if not group and wish in ("", settings.SHOP_CURRENCY):
            return markets.base()
        # The state of the catalogue is asked outside: it is kept by market itself.
        with markets.using(markets.base()):
            return known.market_for(wish, group, frame.state_of(self.request))

    def note(self, response: HttpResponse) -> HttpResponse:
        """Let suggestions know what this page had to ask for."""
        if self.was_asked:
            market_note.write(self.request, response, self.wish, self.market)
        return response

    def _noted(self) -> Market | None:
        """While somebody types, the page he types on has said it."""
        match = self.request.resolver_match
        return market_note.read(self.request, self.wish) if match and match.url_name == "suggest" else None

    @property
    def wish(self) -> str:
        """The currency asked for in the address (a link of a feed), or chosen before."""
        return self.request.GET.get("currency") or self.request.COOKIES.get(COOKIE, "")

    @property
    def was_linked(self) -> bool:
        """He followed a link to a currency: what he puts in his cart is to be in it too."""
        asked = self.request.GET.get("currency")
        return bool(asked) and asked == self.market.currency and asked != self.request.COOKIES.get(COOKIE)

    @property
    def _has_session(self) -> bool:
        return settings.SESSION_COOKIE_NAME in self.request.COOKIES

    def _may_have_group(self) -> bool:
        """Whether it is worth two queries to know who he is: nobody has a group where no prices are for groups."""
        if not self._has_session:
            return False
        if not frame.knows_state(self.request):
            return True
        with markets.using(markets.base()):
            return any(market.group for market in known.open_markets(frame.state_of(self.request)))

    def _group(self) -> str:
        user = getattr(self.request, "user", None)
        return (user.group_id or "") if user is not None and user.is_authenticated else ""


def currencies(request: HttpRequest) -> list[str]:
    """What a visitor may choose, the shop's own first; one alone is no choice."""
    state = frame.state_of(request)
    with markets.using(markets.base()):
        return known.currencies(state)


def remember(response: HttpResponse, currency: str) -> HttpResponse:
    """He reads and buys in this currency from now on."""
    response.set_cookie(COOKIE, currency, max_age=MAX_AGE, secure=settings.HTTPS, httponly=True, samesite="Lax")
    return response
