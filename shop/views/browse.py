"""Walking along the shelves: home, a category, a workshop, a search."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog import memo
from catalog.models import Brand, Category
from catalog.queries import lists, navigation
from shop import frame
from shop.languages import absolute
from shop.listing import result_context
from shop.models import HomePage

SHOWN_AT_HOME = 8


def home(request: HttpRequest) -> HttpResponse:
    """The shop window."""
    window = HomePage.objects.first()
    context = {
        "home": window,
        "hero_address": absolute(window.hero_image.url) if window and window.hero_image else "",
        "shelves": frame.navigation(request),
        "newest": _first_cards(request, "newest"),
        "loved": _first_cards(request, "recommended"),
    }
    return render(request, "browse/home.html", context)


def _first_cards(request, sort: str) -> list:
    """What stands in the window; it stays the same until the goods change."""
    state, language = frame.state_of(request), get_language()

    def look() -> list:
        page = lists.page_of(lists.everything(), {"sort": [sort]}, language, state)
        return [card for card in page.cards if card.in_stock][:SHOWN_AT_HOME]

    return memo.remember(("home", sort, state, language), look)


def category(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything in a category and below it."""
    shelf = get_object_or_404(Category, slug=slug, is_public=True)
    state, language = frame.state_of(request), get_language()
    trail = navigation.breadcrumb(shelf, language, state)
    if not trail:
        raise Http404("hangs below a category that is hidden")
    listing = lists.page_of(lists.in_category(shelf), request.GET, language, state)
    steps = [{"name": link.name, "url": reverse("category", args=[link.slug])} for link in trail[:-1]]
    context = {
        "heading": shelf.name,
        "intro": strip_tags(shelf.description),
        "trail": [*steps, {"name": shelf.name, "url": ""}],
        "children": navigation.children(shelf, language, state),
        "current_root": trail[0].slug,
    }
    return _list_page(request, listing, context)


def brand(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that one workshop made."""
    maker = get_object_or_404(Brand, slug=slug)
    listing = lists.page_of(lists.of_brand(maker), request.GET, get_language(), frame.state_of(request))
    context = {
        "heading": maker.name,
        "intro": strip_tags(maker.story or ""),
        "trail": [{"name": maker.name, "url": ""}],
    }
    return _list_page(request, listing, context)


def _list_page(request, listing, context: dict) -> HttpResponse:
    """The whole page, or to a script only the part that changes with the filters."""
    asked = listing.selection
    plain = absolute(request.path)
    context |= result_context(listing, request.path) | {
        # Filtered and sorted views are for people; search engines get the pages of the plain list.
        "is_indexable": not asked.is_narrowed and asked.sort == asked.default_sort and listing.total > 0,
        "canonical": f"{plain}?page={listing.page}" if listing.page > 1 else plain,
    }
    is_part = "HX-Request" in request.headers
    response = render(request, "browse/results.html" if is_part else "browse/list.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def search(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_("To be written"), status=501)


def suggest(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_("To be written"), status=501)
