"""Deciding what of the public's words is shown. Low ratings are no reason to hide anything: see `Grounds`."""

from datetime import datetime

from django.db import connection, transaction
from django.db.models import Count

from catalog.actions import ratings
from catalog.models import Product
from marketing import voice_letters
from marketing.models import Grounds, Review, State


@transaction.atomic
def publish(review: Review, now: datetime) -> bool:
    """Show a review; False when it is shown already."""
    rows = Review.objects.filter(pk=review.pk).exclude(state=State.PUBLISHED)
    if not rows.update(state=State.PUBLISHED, grounds="", published_at=now):
        return False
    recount(review.product_id)
    return True


@transaction.atomic
def reject(review: Review, grounds: str, now: datetime) -> bool:
    """Do not show a review, or no longer; its author learns why. False when it was rejected already.

    Raises ValueError for grounds that are none.
    """
    if grounds not in Grounds.values:
        raise ValueError("A review is rejected for one of the known grounds.")
    rows = Review.objects.filter(pk=review.pk).exclude(state=State.REJECTED)
    if not rows.update(state=State.REJECTED, grounds=grounds, published_at=None):
        return False
    recount(review.product_id)
    voice_letters.tell_rejected(Review.objects.select_related("product").get(pk=review.pk))
    return True


def recount(product_id: int) -> None:
    """Count the published ratings of a product anew and tell the catalogue. Inside a transaction of the caller."""
    # One at a time, so that nobody writes figures that are older than another's. SQLite's transactions take turns.
    if connection.features.has_select_for_update:
        list(Product.objects.select_for_update(no_key=True).filter(pk=product_id).values_list("pk"))
    published = Review.objects.filter(product=product_id, state=State.PUBLISHED)
    counts = dict(published.order_by("rating").values_list("rating").annotate(number=Count("pk")))
    ratings.set_ratings(product_id, [counts.get(stars, 0) for stars in range(1, 6)])
