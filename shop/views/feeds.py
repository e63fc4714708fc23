"""For staff: the feeds of goods, how old they are, and what is left out of them and why."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from shop import feeds
from shop.languages import NAMES, absolute

CHANNELS = {"google": "Google Merchant Center", "meta": "Meta"}
REASONS = {
    "price": gettext_lazy("no price in this currency"),
    "picture": gettext_lazy("no picture that is ready"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def feeds_page(request: HttpRequest) -> HttpResponse:
    """All feeds; a POST asks for all of them to be written now."""
    if not (request.user.is_active and request.user.is_staff and request.user.has_perm("catalog.view_product")):
        raise PermissionDenied
    if request.method == "POST":
        from shop.tasks import build_feeds

        build_feeds.delay()
        messages.success(request, _("The feeds are being written."))
        return redirect("staff-feeds")
    context = {**admin.site.each_context(request), "title": _("Feeds"), "feeds": [_row(feed) for feed in feeds.feeds()]}
    return render(request, "office/feeds.html", context)


def _row(feed: feeds.Feed) -> dict:
    state = feed.state()
    return {
        "channel": CHANNELS[feed.channel],
        "language": NAMES[feed.language],
        "currency": feed.currency,
        "address": absolute(f"/feeds/{feed.name}"),
        "written": state.get("written"),
        "count": state.get("count", 0),
        "left_out": [(REASONS.get(reason, reason), number) for reason, number in state.get("left_out", {}).items()],
        "examples": [(sku, name, REASONS.get(why, why)) for sku, name, why in state.get("examples", [])],
    }
