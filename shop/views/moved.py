"""Addresses at which nothing stands any more: what moved is led on for ever, what is no longer sold says so."""

from collections.abc import Callable
from functools import wraps

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from catalog.actions import addresses
from catalog.models import Category, Collection, Product
from catalog.queries import product as goods
from shop import frame

# What visitors may know of.
KNOWN = (Product.Status.PUBLISHED, Product.Status.ARCHIVED)


def instead(request: HttpRequest, kind: type[Model], slug: str, view: str = "") -> HttpResponse:
    """To where the thing is that once had this address, or to that page below it. Raises Http404 when there is none."""
    thing = addresses.target(kind, slug)
    if thing is None or not _is_known(thing):
        raise Http404(slug)
    query = request.META.get("QUERY_STRING", "")
    path = reverse(view, args=[thing.slug]) if view else thing.get_absolute_url()
    return HttpResponsePermanentRedirect(path + (f"?{query}" if query else ""))


def product_instead(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for a product; one that is no longer sold keeps its page, with what resembles it."""
    product = Product.objects.filter(slug=slug, status=Product.Status.ARCHIVED).select_related("category").first()
    if product is None:
        return instead(request, Product, slug)
    state, language = frame.state_of(request), get_language()
    context = {"product": product, "similar": goods.similar_to(product, language, state)}
    if not product.category.is_public:
        context["similar"] = []
    return render(request, "product/gone.html", context, status=410)


def follows_old_slugs(page: Callable) -> Callable:
    """For pages below a product: one asked for by an old address leads to the same page below the present one."""

    @wraps(page)
    def led_on(request: HttpRequest, slug: str) -> HttpResponse:
        try:
            return page(request, slug)
        except Http404:
            if request.method not in ("GET", "HEAD"):
                raise
            return instead(request, Product, slug, request.resolver_match.view_name)

    return led_on


def _is_known(thing: Model) -> bool:
    if isinstance(thing, Product):
        return thing.status in KNOWN
    return not isinstance(thing, Category | Collection) or thing.is_public
