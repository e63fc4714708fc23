"""What one agrees to with an order."""

from time import monotonic

from django.utils.translation import get_language

from catalog import memo
from shop.models import Page

TERMS = ("terms", "returns", "privacy")


def terms() -> list[Page]:
    """What one agrees to, to be read before. Asked once a minute, as the foot of every page."""
    minute = int(monotonic() / 60)
    return memo.remember(("terms", get_language(), minute), lambda: list(Page.objects.filter(slug__in=TERMS)))
