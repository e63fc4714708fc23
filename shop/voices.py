"""What people say about a product, as its pages show it; and who somebody is who takes part without an account."""

import hashlib

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils.translation import get_language

from catalog import memo
from catalog.models import Product
from marketing.queries import questions as asked
from marketing.queries import reviews as written
from shop import limits

#: Words are read by a person first; that is what we promise.
WORKING_DAYS = 2
HOUR, DAY = 3600, 24 * 3600


def section(product: Product) -> dict:
    """For the product page: the figures and the first words. No query when nothing is said, or nothing changed."""
    language = get_language()
    rating = {"average": product.rating, "count": product.rating_count}
    if not product.voices_revision:
        return {"rating": rating, "reviews": [], "asked": [], "spread": []}
    reviews, questions = memo.remember(
        ("voices", product.pk, product.voices_revision, language),
        lambda: (written.first_of(product.pk, language) if product.rating_count else [], asked.first_of(product.pk)),
        weight=lambda rows: 2 + 10 * sum(map(len, rows)),
    )
    return {"rating": rating, "reviews": reviews, "asked": questions, "spread": spread_of(product)}


def spread_of(product: Product) -> list[dict]:
    """Five bars, best first; `share` is a whole percentage of all ratings."""
    counts = product.rating_spread or [0] * 5
    total = sum(counts) or 1
    return [
        {"stars": stars, "count": counts[stars - 1], "share": round(100 * counts[stars - 1] / total)}
        for stars in range(5, 0, -1)
    ]


def has_sizes(product: Product) -> bool:
    """Whether one may ask how it fits; one query."""
    return product.options.filter(code__endswith="size").exists()


def shown_name(name: str) -> str:
    """What others see of a customer's name unless he writes something else: the first name and an initial."""
    first, *others = name.split() or [""]
    return f"{first} {others[-1][0]}." if others else first


def visitor(request: HttpRequest) -> str:
    """Tells voters apart without telling who they are; a guest gets a session with his first vote."""
    if request.user.is_authenticated:
        return f"customer:{request.user.pk}"
    if not request.session.session_key:
        request.session.create()
    return hashlib.sha256(f"voices:{request.session.session_key}".encode()).hexdigest()


def often(request: HttpRequest, what: str, times: int, seconds: int = HOUR) -> bool:
    """True when more than so many came from this address in that time."""
    return not limits.within(what, get_adapter().get_client_ip(request) or "", times, seconds)
