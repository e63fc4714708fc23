"""Every indexable address in every language, each naming its translations."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape

from catalog.models import Brand, Category, Collection, Picture, Product
from shop.languages import NAMES, absolute, path_in
from shop.models import Page

# Far below the limits of the format (50,000 addresses, 50 MB): 3 addresses with 4 links each for one product.
PART = 4000
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">\n'
)
INDEX_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
)


def parts() -> int:
    """How many files it takes; the first also holds everything that is not a product."""
    return max(1, -(-Product.objects.published().count() // PART))


def index(number: int) -> Iterator[str]:
    yield INDEX_HEAD
    for part in range(1, number + 1):
        yield f"<sitemap><loc>{escape(absolute(reverse('sitemap')))}?part={part}</loc></sitemap>\n"
    yield "</sitemapindex>\n"


def part(number: int) -> Iterator[str]:
    yield HEAD
    for path, changed, picture in _addresses(number):
        yield from _entry(path, changed, picture)
    yield "</urlset>\n"


def _addresses(number: int) -> Iterator[tuple[str, datetime | None, str]]:
    """English paths with the day of their last change, and the address of a picture."""
    with translation.override(settings.LANGUAGE_CODE):
        if number == 1:
            yield from ((path, changed, "") for path, changed in _fixed_addresses())
        sample = reverse("product", args=["SLUG"])
    first = (number - 1) * PART
    products = Product.objects.published().order_by("pk").values_list("pk", "slug", "updated_at")
    rows = list(products[first : first + PART])
    pictures = _pictures(rows[0][0], rows[-1][0]) if rows else {}
    for pk, slug, changed in rows:
        yield sample.replace("SLUG", slug), changed, pictures.get(pk, "")


def _pictures(first: int, last: int) -> dict[int, str]:
    """The main picture of each product from one to another."""
    rows = Picture.objects.filter(product__gte=first, product__lte=last, is_ready=True)
    names = dict(rows.order_by("-position", "-pk").values_list("product_id", "image"))
    storage = Picture._meta.get_field("image").storage
    return {pk: absolute(url) if (url := storage.url(name)).startswith("/") else url for pk, name in names.items()}


def _fixed_addresses() -> Iterator[tuple[str, datetime | None]]:
    for name in ("home", "collections", "brands", "help", "contact"):
        yield reverse(name), None
    for category in Category.objects.filter(is_public=True).only("slug"):
        yield category.get_absolute_url(), None
    for brand in Brand.objects.filter(products__status=Product.Status.PUBLISHED).distinct().only("slug"):
        yield brand.get_absolute_url(), None
    for collection in Collection.objects.shown(timezone.now()).only("slug"):
        yield collection.get_absolute_url(), None
    for page in Page.objects.only("slug", "updated_at"):
        yield page.get_absolute_url(), page.updated_at


def _entry(path: str, changed: datetime | None, picture: str = "") -> Iterator[str]:
    addresses = {code: escape(absolute(path_in(code, path))) for code in NAMES}
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{address}"/>' for code, address in addresses.items()
    )
    links += f'<xhtml:link rel="alternate" hreflang="x-default" href="{addresses[settings.LANGUAGE_CODE]}"/>'
    day = f"<lastmod>{changed:%Y-%m-%d}</lastmod>" if changed else ""
    image = f"<image:image><image:loc>{escape(picture)}</image:loc></image:image>" if picture else ""
    for address in addresses.values():
        yield f"<url><loc>{address}</loc>{day}{links}{image}</url>\n"
