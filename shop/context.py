"""What every page knows. Each value is a function that asks at most once, and only when a template uses it."""

from functools import cache as once

from catalog import markets
from shop import frame, on_site
from shop.languages import absolute, languages_of
from shop.markets import currencies
from shop.recognising import asks


def shop(request):
    return {
        "shop": once(frame.shop_details),
        "navigation": once(lambda: frame.navigation(request)),
        "has_collections": once(lambda: frame.has_collections(request)),
        "footer_pages": once(frame.footer_pages),
        "cart_count": once(lambda: frame.cart_count(request)),
        "languages": once(lambda: languages_of(request.path, _query(request))),
        "currencies": once(lambda: currencies(request)),
        "on_site": once(lambda: on_site.message_for(request)),
        "asks_privacy": once(lambda: asks(request)),
        "currency": once(lambda: markets.current().currency),
        "page_url": once(lambda: absolute(request.path)),
        "csp_nonce": once(lambda: str(request.csp_nonce)),
    }


def _query(request) -> str:
    return request.META.get("QUERY_STRING", "") if request.method == "GET" else ""
