"""What the head and foot of every page ask for; kept for a minute, so that a page costs no query for its frame."""

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.models import Category
from customers.models import ShopDetails
from shop import carts
from shop.models import Page

KEPT = 60
# The order of the foot, the same on every page; pages that a merchant adds follow by their position.
BEFORE_CONTACT, AFTER_CONTACT = ["delivery", "returns"], ["imprint", "privacy"]


def shop_details() -> ShopDetails:
    return ShopDetails.current()


def navigation() -> list:
    """The top of the category tree in the language shown."""
    key = f"navigation-{get_language()}"
    nodes = cache.get(key)
    if nodes is None:
        roots = Category.objects.filter(depth=1, is_public=True)
        nodes = [{"name": node.name, "slug": node.slug, "url": node.get_absolute_url()} for node in roots]
        cache.set(key, nodes, KEPT)
    return nodes


def footer_pages() -> list[dict]:
    """Delivery, returns, contact, imprint, privacy, then the rest; pages that do not exist are left out."""
    key = f"footer-{get_language()}"
    links = cache.get(key)
    if links is None:
        links = _footer_links()
        cache.set(key, links, KEPT)
    return links


def _footer_links() -> list[dict]:
    pages = {
        page.slug: {"title": page.title, "url": page.get_absolute_url()} for page in Page.objects.filter(in_footer=True)
    }
    contact = {"title": _("Contact"), "url": reverse("contact")}
    first = [pages.pop(slug) for slug in BEFORE_CONTACT if slug in pages]
    last = [pages.pop(slug) for slug in AFTER_CONTACT if slug in pages]
    return [*first, contact, *last, *pages.values(), {"title": _("Help"), "url": reverse("help")}]


def cart_count(request) -> int:
    """How many pieces lie in the visitor's cart; none on a page that was refused before anybody was recognised."""
    return carts.count(request) if hasattr(request, "user") else 0
