"""Which markets there are: the base one, and those that price lists in use name."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from catalog import memo
from catalog.markets import Market, base
from catalog.models import PriceList


def others(now: datetime | None = None) -> list[Market]:
    """Every market beside the base one that has a list which holds now; one query."""
    now = now or timezone.now()
    lists = PriceList.objects.filter(
        Q(starts_at__isnull=True) | Q(starts_at__lte=now), Q(ends_at__isnull=True) | Q(ends_at__gt=now), is_active=True
    )
    found = {Market(currency, group) for currency, group in lists.order_by().values_list("currency", "group")}
    return sorted(found - {base()}, key=lambda market: market.key)


def open_markets(state: str) -> tuple[Market, ...]:
    """The base market and the others, kept while the catalogue stays the same. `state` is the revision."""
    return memo.remember(("markets", state), lambda: (base(), *others()), weight=len)


def currencies(state: str) -> list[str]:
    """What everybody may pay in, the shop's own first."""
    public = [market.currency for market in open_markets(state) if not market.group]
    return [settings.SHOP_CURRENCY, *sorted({*public} - {settings.SHOP_CURRENCY})]


def market_for(currency: str, group: str, state: str) -> Market:
    """The market of a visitor with this wish and this group: as near to both as there is one."""
    known = open_markets(state)
    currency = currency if currency in currencies(state) else settings.SHOP_CURRENCY
    wanted = Market(currency, group)
    return wanted if wanted in known else wanted.public
