"""What the head and foot of every page ask for. Worked out once for each state of the catalogue, or once a minute."""

from time import monotonic

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog import memo, revision
from catalog.queries import collections as groups
from catalog.queries import navigation as categories
from customers.models import ShopDetails
from shop import carts
from shop.models import Page

# The order of the foot, the same on every page; pages that a merchant adds follow by their position.
BEFORE_CONTACT, AFTER_CONTACT = ["delivery", "returns"], ["imprint", "privacy"]


def shop_details() -> ShopDetails:
    return ShopDetails.current()


def state_of(request) -> str:
    """The state of the catalogue, asked once for the whole page."""
    if not knows_state(request):
        request.catalogue_state = revision.current()
    return request.catalogue_state


def knows_state(request) -> bool:
    """Whether asking for it would cost nothing."""
    return hasattr(request, "catalogue_state")


def navigation(request) -> tuple[categories.Link, ...]:
    """The tree of categories in the language shown, without those that have nothing to show."""
    links = categories.tree(get_language(), state_of(request))
    return tuple(link for link in links if link.count) or links


def has_collections(request) -> bool:
    """Whether the menu leads to collections."""
    return groups.exist(state_of(request))


def footer_pages() -> list[dict]:
    """Delivery, returns, contact, imprint, privacy, then the rest; pages that do not exist are left out."""
    minute = int(monotonic() / 60)
    return memo.remember(("footer", get_language(), minute), _footer_links)


def _footer_links() -> list[dict]:
    pages = {
        page.slug: _link(page.slug, page.title, page.get_absolute_url()) for page in Page.objects.filter(in_footer=True)
    }
    # The words of this one stand on the contact page itself.
    pages.pop("contact", None)
    contact = _link("contact", _("Contact"), reverse("contact"))
    first = [pages.pop(slug) for slug in BEFORE_CONTACT if slug in pages]
    last = [pages.pop(slug) for slug in AFTER_CONTACT if slug in pages]
    return [
        *first,
        contact,
        *last,
        *pages.values(),
        _link("brands", _("Workshops and brands"), reverse("brands")),
        _link("help", _("Help"), reverse("help")),
    ]


def _link(slug: str, title: str, url: str) -> dict:
    return {"slug": slug, "title": title, "url": url}


def cart_count(request) -> int:
    """How many pieces lie in the visitor's cart; none on a page that was refused before anybody was recognised."""
    return carts.count(request) if hasattr(request, "user") else 0
