"""The published reviews of a product: narrowed, sorted and paged."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Case, IntegerField, QuerySet, Value, When

from marketing.models import Review, State

PER_PAGE = 10
#: So many stand on the product page itself.
FIRST = 4
SORTS = ("own", "newest", "helpful", "highest", "lowest")
ORDERS = {
    "newest": ["-published_at", "-pk"],
    "helpful": ["-helpful", "-published_at", "-pk"],
    "highest": ["-rating", "-published_at", "-pk"],
    "lowest": ["rating", "-published_at", "-pk"],
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader narrowed the reviews to. Nothing is hidden unless he asks for it."""

    rating: int = 0
    language: str = ""
    pictures: bool = False
    verified: bool = False
    sort: str = SORTS[0]
    page: int = 1

    @property
    def is_narrowed(self) -> bool:
        return bool(self.rating or self.language or self.pictures or self.verified)

    def query(self, **changes: object) -> str:
        """The query of the address, without `?`; the first page unless `page` is said."""
        other = replace(self, **{"page": 1, **changes})
        pairs = {
            "rating": other.rating,
            "language": other.language,
            "pictures": int(other.pictures),
            "verified": int(other.verified),
            "sort": other.sort if other.sort != SORTS[0] else "",
            "page": other.page if other.page > 1 else "",
        }
        return urlencode({name: value for name, value in pairs.items() if value})


def read(query: Mapping) -> Asked:
    """Read a query; what is unknown or makes no sense is passed over."""
    rating, page, sort = query.get("rating", ""), query.get("page", ""), query.get("sort", "")
    language = query.get("language", "")
    return Asked(
        rating=int(rating) if rating in ("1", "2", "3", "4", "5") else 0,
        language=language if language in dict(settings.LANGUAGES) else "",
        pictures=query.get("pictures") == "1",
        verified=query.get("verified") == "1",
        sort=sort if sort in SORTS else SORTS[0],
        page=int(page) if page.isascii() and page.isdecimal() and 0 < len(page) < 6 and int(page) else 1,
    )


def published(product_id: int) -> QuerySet[Review]:
    return Review.objects.filter(product=product_id, state=State.PUBLISHED)


def find(product_id: int, asked: Asked, language: str) -> QuerySet[Review]:
    """The reviews asked for, in order; by default those in the reader's language first, newest first."""
    rows = published(product_id)
    if asked.rating:
        rows = rows.filter(rating=asked.rating)
    if asked.language:
        rows = rows.filter(language=asked.language)
    if asked.pictures:
        rows = rows.exclude(pictures=[])
    if asked.verified:
        rows = rows.filter(is_verified=True)
    if asked.sort != "own":
        return rows.order_by(*ORDERS[asked.sort])
    other = Case(When(language=language, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.order_by(other, *ORDERS["newest"])


def first_of(product_id: int, language: str) -> list[Review]:
    """What the product page shows; one query."""
    return list(find(product_id, Asked(), language)[:FIRST])
