"""What buyers think of a product, in figures. Who says it, and whether it is shown, is decided above."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F

from catalog.actions import listing
from catalog.models import Product

STARS = 5


@transaction.atomic
def set_ratings(product_id: int, spread: Sequence[int]) -> None:
    """Say how many published ratings there are of one star, of two and so on; lists follow.

    Also marks that words about the product changed. Nothing happens to a product that is gone.
    """
    if len(spread) != STARS or any(count < 0 for count in spread):
        raise ValueError("A spread is five counts, none below zero.")
    figures = {
        "rating_sum": sum(stars * count for stars, count in enumerate(spread, 1)),
        "rating_count": sum(spread),
        "rating_spread": list(spread),
    }
    product = Product.objects.filter(pk=product_id)
    differs = product.exclude(**{name: figures[name] for name in ("rating_sum", "rating_count")}).exists()
    product.update(**figures, voices_revision=F("voices_revision") + 1)
    if differs:
        listing.refresh([product_id])


def words_changed(product_id: int) -> None:
    """Something said about the product in public changed, its figures did not."""
    Product.objects.filter(pk=product_id).update(voices_revision=F("voices_revision") + 1)
