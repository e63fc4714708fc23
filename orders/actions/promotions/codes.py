"""Codes: made one by one or in batches, typed into a cart and taken out of it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from orders.models import Cart, Promotion, PromotionCode, PromotionTally
from orders.models.cart import MOST_CODES
from orders.promotions.codes import key_of, random_code

MOST_IN_A_BATCH = 20_000


class NotTaken(Exception):
    """The code opens nothing now: unknown, not yet, no longer, or used up. Which of them is nobody's business."""


class TooManyCodes(Exception):
    """The cart holds as many codes as it may; one has to be taken out first."""


def enter(cart: Cart, typed: str, now: datetime | None = None) -> PromotionCode:
    """Put a typed code into the cart; one that is there already stays.

    Whether it is worth anything there is for the summary to say. Raises NotTaken, TooManyCodes.
    """
    code = _valid(typed, now or timezone.now())
    with transaction.atomic():
        cart.codes = Cart.objects.select_for_update().values_list("codes", flat=True).get(pk=cart.pk)
        if code.key in cart.codes:
            return code
        if len(cart.codes) >= MOST_CODES:
            raise TooManyCodes
        cart.codes = [*cart.codes, code.key]
        Cart.objects.open().filter(pk=cart.pk).update(codes=cart.codes)
    return code


@transaction.atomic
def take_off(cart: Cart, key: str) -> bool:
    """Take a code out of the cart again; False when it is not in it."""
    held = Cart.objects.select_for_update().values_list("codes", flat=True).get(pk=cart.pk)
    cart.codes = [one for one in held if one != key]
    Cart.objects.open().filter(pk=cart.pk).update(codes=cart.codes)
    return len(cart.codes) < len(held)


def make_code(promotion: Promotion, code: str, limit: int | None = None, batch: str = "") -> PromotionCode:
    """One code of that wording. Raises ValueError when it has no letter, and when it is taken."""
    key = key_of(code)
    if not key:
        raise ValueError(code)
    try:
        with transaction.atomic():
            return PromotionCode.objects.create(
                promotion=promotion, code=code.strip(), key=key, limit=limit, batch=batch
            )
    except IntegrityError:
        raise ValueError(code) from None


@transaction.atomic
def make_batch(promotion: Promotion, number: int, prefix: str = "", batch: str = "") -> Sequence[PromotionCode]:
    """So many codes that nobody guesses, each for one use. Raises ValueError for less than one or too many."""
    if not 1 <= number <= MOST_IN_A_BATCH:
        raise ValueError(number)
    batch = batch or f"{timezone.localtime():%Y-%m-%d %H:%M:%S}"
    first = timezone.now()
    missing = number
    while missing:
        drawn = {key_of(code): code for code in (random_code(prefix) for _ in range(missing))}
        taken = set(PromotionCode.objects.filter(key__in=drawn).values_list("key", flat=True))
        PromotionCode.objects.bulk_create(
            PromotionCode(promotion=promotion, code=code, key=key, limit=1, batch=batch, created_at=first)
            for key, code in drawn.items()
            if key not in taken
        )
        missing = number - promotion.codes.filter(batch=batch, created_at=first).count()
    return list(promotion.codes.filter(batch=batch, created_at=first))


def _valid(typed: str, now: datetime) -> PromotionCode:
    """The code that was typed, if its promotion holds now and the code is not used up."""
    key = key_of(typed)
    code = PromotionCode.objects.select_related("promotion").filter(key=key, is_active=True).first() if key else None
    if code is None or not _holds(code.promotion, now):
        raise NotTaken
    used = PromotionTally.objects.filter(promotion=code.promotion_id, key__in=[f"code:{key}", "all"])
    tallies = dict(used.values_list("key", "used"))
    limits = ((f"code:{key}", code.limit), ("all", code.promotion.limit_total))
    if any(most is not None and tallies.get(name, 0) >= most for name, most in limits):
        raise NotTaken
    return code


def _holds(promotion: Promotion, now: datetime) -> bool:
    begun = promotion.starts_at is None or promotion.starts_at <= now
    return promotion.is_active and begun and (promotion.ends_at is None or promotion.ends_at > now)
