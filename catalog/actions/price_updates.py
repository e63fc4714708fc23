"""Prices as another system tells them: set or changed, once for each key."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings
from django.db import IntegrityError, transaction

from catalog.actions import listing
from catalog.actions.importing.listed import lists
from catalog.actions.pricing import Cause
from catalog.models import ListPrice, PriceChange, PriceUpdate, Variant
from catalog.money import Money, digits

Mode = PriceUpdate.Mode
MOST = 10**12
MOST_PERCENT = 1000


class KeyMeantOther(Exception):
    """The key was used before, for another change: one of the two is a mistake."""


class NoList(Exception):
    """No price list for everybody is in that currency."""


class NoPrice(Exception):
    """There is no price yet that could be changed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Minor units before and after; `is_repeated`: the key was known, and nothing was done."""

    before: int | None
    after: int | None
    is_repeated: bool = False


def apply(variant: Variant, mode: str, amount: int, *, currency: str = "", key: str = "", cause: Cause | None = None):
    """Set a price, or change it by an amount (minor units) or by a percentage (in hundredths): an Outcome.

    Without a currency that of the shop; another stands on the price list for everybody. Lists and history follow.
    Raises KeyMeantOther, NoList, NoPrice, and ValueError for a price below zero or beyond measure.
    """
    with transaction.atomic():
        done = write(variant, mode, amount, currency or settings.SHOP_CURRENCY, key)
        if done.before != done.after:
            follow([variant.product_id], cause or Cause(PriceChange.Reason.IMPORTED))
    return done


def follow(product_ids: Iterable[int], cause: Cause) -> None:
    """Bring lists and history in step after `write`."""
    listing.refresh(product_ids, cause=cause)


@transaction.atomic
def write(variant: Variant, mode: str, amount: int, currency: str, key: str = "") -> Outcome:
    """As `apply`, without what follows; the caller follows before its transaction ends."""
    variant = Variant.objects.select_for_update().get(pk=variant.pk)
    shelf = _Own(variant) if currency == settings.SHOP_CURRENCY else _Listed(variant, currency)
    before = shelf.price
    if key and (known := _claim(key, variant, mode, amount, currency)):
        if (known.variant_id, known.currency, known.mode, known.amount) != (variant.pk, currency, mode, amount):
            raise KeyMeantOther(key)
        return Outcome(before, before, is_repeated=True)
    after = _after(before, mode, amount)
    if after != before:
        shelf.put(after)
    return Outcome(before, after)


def read_amount(text: str, mode: str, currency: str) -> tuple[str, int]:
    """What a text says, as mode and amount: 12.50, -1,20 or, where it may change, +5 %. Raises ValueError."""
    bare = text.replace(" ", "").replace("\u00a0", "").replace("\N{MINUS SIGN}", "-")
    if "." not in bare and bare.count(",") == 1:
        bare = bare.replace(",", ".")
    if not bare.endswith("%"):
        return mode, Money.parse(bare, currency).minor
    if mode == Mode.SET:
        raise ValueError(text)
    # Hundredths of a percent, counted as a currency of two decimals is.
    return Mode.PERCENT, Money.parse(bare[:-1], "EUR").minor


def is_currency(code: str) -> bool:
    try:
        digits(code)
    except ValueError:
        return False
    return True


class _Own:
    """The price of the variant itself, in the currency of the shop."""

    def __init__(self, variant: Variant) -> None:
        self._variant = variant
        self.price: int | None = variant.price

    def put(self, price: int) -> None:
        self._variant.price = price
        before = self._variant.compare_at_price
        if before is not None and before <= price:
            self._variant.compare_at_price = None
        self._variant.save(update_fields=["price", "compare_at_price"])


class _Listed:
    """Its price on the list that holds for everybody, always, in another currency."""

    def __init__(self, variant: Variant, currency: str) -> None:
        self._list = lists().get(currency)
        if self._list is None:
            raise NoList(currency)
        self._where = {"variant": variant, "price_list_id": self._list, "from_quantity": 1}
        self.price: int | None = ListPrice.objects.filter(**self._where).values_list("price", flat=True).first()

    def put(self, price: int) -> None:
        ListPrice.objects.update_or_create(**self._where, defaults={"price": price})


def _after(before: int | None, mode: str, amount: int) -> int:
    if mode == Mode.SET:
        after = amount
    elif before is None:
        raise NoPrice
    elif mode == Mode.DELTA:
        after = before + amount
    elif abs(amount) <= MOST_PERCENT * 100:
        after = int((Decimal(before) * (10_000 + amount) / 10_000).quantize(Decimal(1), ROUND_HALF_UP))
    else:
        raise ValueError(amount)
    if not 0 <= after <= MOST:
        raise ValueError(after)
    return after


def _claim(key: str, variant: Variant, mode: str, amount: int, currency: str) -> PriceUpdate | None:
    """The older update with that key; None when the key is ours now."""
    try:
        with transaction.atomic():
            PriceUpdate.objects.create(key=key, variant=variant, mode=mode, amount=amount, currency=currency)
    except IntegrityError:
        return PriceUpdate.objects.get(key=key)
    return None
