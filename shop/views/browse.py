"""Walking along the shelves: home, a category, a workshop, a search."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.html import strip_tags
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.models import Brand, Category
from catalog.prepared import Prepared
from catalog.queries import lists, navigation
from catalog.search import find
from marketing.models import Event
from shop import frame, recent, suggestions, visits
from shop.languages import absolute
from shop.listing import result_context
from shop.models import HomePage
from shop.searched import note_search
from shop.searching import address_of, categories_for, first_cards, pages_for, words_of
from shop.structured import embedded, shop_data, site_data
from shop.themes import themes
from shop.views.moved import instead

_WINDOW = Prepared(lambda: HomePage.objects.order_by("pk"))


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The shop window."""
    window = _WINDOW.first()
    context = {
        "home": window,
        "hero_address": absolute(window.hero_image.url) if window and window.hero_image else "",
        "shelves": frame.navigation(request),
        "newest": first_cards(request, "newest"),
        "loved": first_cards(request, "recommended"),
        "themes": themes(request),
        "viewed": recent.viewed(request, get_language()),
        "structured": embedded(shop_data(), site_data(reverse("search"))),
    }
    return render(request, "browse/home.html", context)


@require_safe
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything in a category and below it."""
    shelf = Category.objects.filter(slug=slug, is_public=True).first()
    if shelf is None:
        return instead(request, Category, slug)
    state, language = frame.state_of(request), get_language()
    trail = navigation.breadcrumb(shelf, language, state)
    if not trail:
        raise Http404("hangs below a category that is hidden")
    listing = lists.page_of(lists.in_category(shelf), request.GET, language, state)
    steps = [{"name": link.name, "url": reverse("category", args=[link.slug])} for link in trail[:-1]]
    context = {
        "heading": shelf.name,
        "search_title": shelf.search_title,
        "search_description": shelf.search_description,
        "intro": strip_tags(shelf.description),
        "trail": [*steps, {"name": shelf.name, "url": ""}],
        "children": navigation.children(shelf, language, state),
        "current_root": trail[0].slug,
    }
    return looked_at(request, listing, list_page(request, listing, context), category_id=shelf.pk)


@require_safe
def brand(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that one workshop made."""
    maker = Brand.objects.filter(slug=slug).first()
    if maker is None:
        return instead(request, Brand, slug)
    listing = lists.page_of(lists.of_brand(maker), request.GET, get_language(), frame.state_of(request))
    context = {
        "heading": maker.name,
        "intro": strip_tags(maker.story or ""),
        "trail": [{"name": _("Workshops and brands"), "url": reverse("brands")}, {"name": maker.name, "url": ""}],
    }
    return looked_at(request, listing, list_page(request, listing, context), text=f"brands/{maker.slug}")


def looked_at(request: HttpRequest, listing, response: HttpResponse, **facts) -> HttpResponse:
    """A list, or a part of it that the visitor asked for: two facts of the log. Turning pages is none."""
    if listing.selection.is_narrowed:
        asked = urlencode([pair for pair in request.GET.items() if pair[0] not in ("page", "sort", "q")])
        visits.note(request, response, Event.Type.FILTERED, **facts | {"text": asked})
    elif listing.page == 1 and "HX-Request" not in request.headers:
        visits.note(request, response, Event.Type.BROWSED, **facts)
    return response


def list_page(request, listing, context: dict, template: str = "browse/list.html") -> HttpResponse:
    """The whole page, or to a script only the part that changes with the filters."""
    asked = listing.selection
    plain = absolute(request.path)
    context |= result_context(listing, request.path) | {
        # Filtered and sorted views are for people; search engines get the pages of the plain list.
        "is_indexable": not asked.is_narrowed
        and asked.sort == asked.default_sort
        and listing.total > 0
        and not context.get("is_search"),
        "canonical": f"{plain}?page={listing.page}" if listing.page > 1 else plain,
    }
    is_part = "HX-Request" in request.headers
    response = render(request, "browse/results.html" if is_part else template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What was found for the words; everything when there are none."""
    words, language, state = words_of(request), get_language(), frame.state_of(request)
    found = find(words, language, state) if words else None
    is_fresh = not request.GET.keys() - {"q"}
    if found and found.sku and is_fresh and (address := address_of(found, language)):
        return note_search(request, noted(request, redirect(address), words), found, is_fresh)
    scope = found.scope if found else lists.everything()
    listing = lists.page_of(scope, request.GET, language, state, words=words)
    context = {
        "heading": _("“%(words)s”") % {"words": words} if words else _("Everything we have"),
        "query": words,
        "found": found,
        "answers": pages_for(words),
        "categories": categories_for(words, request),
        "is_search": True,
        "searches": [] if words else recent.searches_of(request),
    }
    if found and not found.ids:
        context |= {"popular": first_cards(request, "recommended"), "shelves": frame.navigation(request)}
    response = list_page(request, listing, context, "browse/search.html")
    if listing.selection.is_narrowed:
        looked_at(request, listing, response)
    elif found and is_fresh and "HX-Request" not in request.headers:
        noted(request, response, words)
    if found and is_fresh:
        recent.remember_search(request, response, found)
    return note_search(request, response, found, is_fresh) if found else response


def noted(request: HttpRequest, response: HttpResponse, words: str) -> HttpResponse:
    visits.note(request, response, Event.Type.SEARCHED, text=visits.searched(words))
    return response


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """At most eight rows for the words typed so far; for none, what this visitor and others searched for."""
    words, language = words_of(request), get_language()
    rows = suggestions.typed(request, words, language) if words else suggestions.untyped(request, language)
    response = render(request, "browse/suggestions.html", {"rows": rows, "total": rows.total})
    patch_cache_control(response, private=True, max_age=60 if words else 0)
    return response
