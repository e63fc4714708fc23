"""Reviews: written and changed by their author, answered by the shop, found helpful or reported by readers.

What is shown is decided in `moderation`. A change of a published review makes it wait again, and the figures of its
product follow in the same transaction.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.db import IntegrityError, transaction
from django.db.models import F

from catalog.actions import ratings
from catalog.models import Product
from marketing import voice_letters
from marketing.actions import voice_pictures
from marketing.actions.events import record
from marketing.actions.moderation import recount
from marketing.authors import Author
from marketing.models import Event, Review, ReviewReport, ReviewVote, State


class TooManyPictures(Exception):
    """More pictures than one review holds; the number is how many it may."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a person says in a review, as the form hands it over: cleaned and within its lengths."""

    rating: int
    text: str
    name: str
    title: str = ""
    fit: str = ""
    language: str = "en"


def write(
    author: Author,
    product: Product,
    words: Words,
    now: datetime,
    files: Sequence[IO[bytes]] = (),
    dropped: Iterable[str] = (),
) -> Review:
    """Write or change the author's one review of the product; it waits until staff has read it.

    `dropped` names pictures of his to take away. Raises NotAPicture with a sentence or TooManyPictures, and then
    nothing was changed. Pressing the button twice writes one review.
    """
    before = author.review_of(product)
    left = [picture for picture in before.pictures if picture["file"] not in set(dropped)] if before else []
    if len(left) + len(files) > voice_pictures.AT_MOST:
        raise TooManyPictures(voice_pictures.AT_MOST)
    new = voice_pictures.keep(files)
    try:
        try:
            return _store(author, product, words, now, left, new)
        except IntegrityError:
            # The same person's other press of the button was first: this one changes what it wrote.
            return _store(author, product, words, now, left, new)
    except BaseException:
        voice_pictures.delete(new)
        raise


@transaction.atomic
def _store(author: Author, product: Product, words: Words, now: datetime, left: list, new: list) -> Review:
    review = author.review_of(product) or Review(product=product, created_at=now)
    was_published = review.is_published
    purchase = author.purchase_of(product)
    for name in ("rating", "text", "name", "title", "fit", "language"):
        setattr(review, name, getattr(words, name))
    review.customer, review.email = author.customer, author.email
    review.order = purchase or author.order or review.order
    review.is_verified = purchase is not None
    kept = {picture["file"] for picture in left}
    voice_pictures.drop(picture for picture in review.pictures if picture["file"] not in kept)
    review.pictures = [*left, *new]
    review.state, review.grounds, review.changed_at, review.published_at = State.PENDING, "", now, None
    review.save()
    record(
        Event.Type.REVIEWED,
        f"reviewed:{review.pk}",
        email=author.email,
        product=product,
        text=str(words.rating),
        occurred_at=now,
    )
    if was_published:
        recount(product.pk)
    return review


@transaction.atomic
def withdraw(review: Review) -> None:
    """Delete the review with its pictures, votes and reports: its author takes his words back."""
    voice_pictures.drop(review.pictures)
    was_published, product_id = review.is_published, review.product_id
    review.delete()
    if was_published:
        recount(product_id)


@transaction.atomic
def reply(review: Review, text: str, now: datetime) -> bool:
    """Put the shop's words below the review; its author learns of the first ones. False when nothing changed."""
    current = Review.objects.select_for_update(of=("self",)).select_related("product").get(pk=review.pk)
    if current.reply == text:
        return False
    is_first = bool(text) and current.replied_at is None
    replied_at = (current.replied_at or now) if text else None
    Review.objects.filter(pk=current.pk).update(reply=text, replied_at=replied_at)
    review.reply, review.replied_at = current.reply, current.replied_at = text, replied_at
    if current.is_published:
        ratings.words_changed(current.product_id)
    if is_first:
        voice_letters.tell_replied(current)
    return True


@transaction.atomic
def find_helpful(review: Review, voter: str, now: datetime) -> bool:
    """Count one more reader whom a published review helped; False when he said so before."""
    # Votes of one review take turns, or two that do not see each other would count the same number.
    Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    ReviewVote.objects.bulk_create([ReviewVote(review=review, voter=voter, created_at=now)], ignore_conflicts=True)
    number = ReviewVote.objects.filter(review=review).count()
    changed = Review.objects.filter(pk=review.pk, helpful__lt=number).update(helpful=number)
    if changed:
        ratings.words_changed(review.product_id)
    return bool(changed)


@transaction.atomic
def report(review: Review, reporter: str, reason: str, text: str, now: datetime) -> bool:
    """Note that somebody thinks that a review should not be shown; False when he said so before."""
    _report, created = ReviewReport.objects.get_or_create(
        review=review, reporter=reporter, defaults={"reason": reason, "text": text, "created_at": now}
    )
    if created:
        Review.objects.filter(pk=review.pk).update(reports=F("reports") + 1)
    return created


@transaction.atomic
def settle_reports(review: Review, now: datetime) -> int:
    """Staff looked at the reports and keeps the review as it is; returns how many were open."""
    settled = ReviewReport.objects.filter(review=review, settled_at=None).update(settled_at=now)
    Review.objects.filter(pk=review.pk).update(reports=0)
    return settled
