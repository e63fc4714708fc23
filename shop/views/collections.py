"""Collections, one by one and all of them, and the workshops from A to Z."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.models import Collection
from catalog.queries import brands as makers
from catalog.queries import collections as groups
from catalog.queries import lists
from shop import frame
from shop.languages import absolute
from shop.themes import themes
from shop.views.browse import list_page, looked_at
from shop.views.moved import instead


@require_safe
def collections(request: HttpRequest) -> HttpResponse:
    """Everything that is put together at the moment."""
    context = {
        "heading": _("Collections"),
        "themes": themes(request, featured=False),
        "trail": [{"name": _("Collections"), "url": ""}],
    }
    return render(request, "browse/collections.html", context)


@require_safe
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    """What a merchant put together, by hand or by a rule; a list like any other."""
    group = Collection.objects.filter(slug=slug, is_public=True).first()
    if group is None:
        return instead(request, Collection, slug)
    if not group.is_shown(timezone.now()):
        raise Http404("not yet, or no longer")
    state, language = frame.state_of(request), get_language()
    scope = lists.in_collection(group, groups.at_the_head(group, state))
    listing = lists.page_of(scope, request.GET, language, state)
    context = {
        "heading": group.name,
        "intro": group.search_description or strip_tags(group.description),
        "group": group,
        "share_picture": absolute(group.image.url) if group.image else "",
        "trail": [{"name": _("Collections"), "url": reverse("collections")}, {"name": group.name, "url": ""}],
    }
    response = list_page(request, listing, context, "browse/collection.html")
    return looked_at(request, listing, response, text=f"collections/{group.slug}")


@require_safe
def brands(request: HttpRequest) -> HttpResponse:
    """Every workshop that has something on the shelves, by its first letter."""
    found = makers.with_goods(frame.state_of(request))
    letters = [(letter, list(rows)) for letter, rows in groupby(found, key=lambda maker: maker.letter)]
    context = {"heading": _("Workshops and brands"), "letters": letters, "total": len(found)}
    context["trail"] = [{"name": context["heading"], "url": ""}]
    return render(request, "browse/brands.html", context)
