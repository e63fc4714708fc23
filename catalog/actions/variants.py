"""The variants of a product and the options that tell them apart."""

import re
from collections.abc import Iterable
from itertools import product as every
from math import prod

from django.db import transaction
from django.db.models import Max

from catalog.actions import gift_questions, listing, stock, stock_import
from catalog.actions.pricing import Cause
from catalog.models import OptionValue, PriceChange, Product, Variant
from catalog.naming import first_free

# More than this in one go is a slip of the finger: nobody sells a thing in a thousand forms.
MOST = 1000


class TooManyVariants(Exception):
    """The options of the product make `number` combinations."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def combination_of(values: Iterable[OptionValue]) -> str:
    """`colour:oat|size:l`, sorted by axis: the same for the same values, whatever their order."""
    return "|".join(f"{code}:{value}" for code, value in sorted((value.option.code, value.code) for value in values))


def missing(product: Product, among: Iterable[OptionValue] | None = None) -> list[tuple[OptionValue, ...]]:
    """The combinations of the product's options that no variant stands for yet, or only those of the given values.

    Raises TooManyVariants.
    """
    options = product.options.prefetch_related("values__option")
    wanted = None if among is None else {value.pk for value in among}
    axes = [[value for value in option.values.all() if wanted is None or value.pk in wanted] for option in options]
    if not axes or not all(axes):
        return []
    number = prod(len(axis) for axis in axes)
    if number > MOST:
        raise TooManyVariants(number)
    taken = set(product.variants.values_list("combination", flat=True))
    return [values for values in every(*axes) if combination_of(values) not in taken]


@transaction.atomic
def generate(product: Product, price: int, among: Iterable[OptionValue] | None = None) -> list[Variant]:
    """Make a variant, with nothing in stock, for each missing combination of the product's options or of these values.

    Asked twice, it makes them once. Raises TooManyVariants.
    """
    # Locked: two presses of the button queue.
    product = Product.objects.select_for_update().get(pk=product.pk)
    rows = missing(product, among)
    last = product.variants.aggregate(last=Max("position"))["last"] or 0
    taken = set(Variant.objects.filter(sku__startswith=_sku_of(product)).values_list("sku", flat=True))
    made = [_new(product, values, price, last + number, taken) for number, values in enumerate(rows, 1)]
    Variant.objects.bulk_create(made, batch_size=500)
    through = Variant.values.through
    through.objects.bulk_create(
        (
            through(variant_id=variant.pk, optionvalue_id=value.pk)
            for variant, values in zip(made, rows, strict=True)
            for value in values
        ),
        batch_size=1000,
    )
    stock_import.open_shelves({variant.pk: 0 for variant in made if variant.tracks_stock})
    listing.refresh([product.pk], cause=Cause(PriceChange.Reason.SET))
    return made


def _new(product: Product, values: tuple[OptionValue, ...], price: int, position: int, taken: set[str]) -> Variant:
    """Unsaved; its SKU is added to the taken ones."""
    sku = first_free(_sku_of(product, values), taken)
    taken.add(sku)
    return Variant(
        product=product,
        sku=sku,
        combination=combination_of(values),
        price=price,
        position=position,
        tracks_stock=product.kind == Product.Kind.PHYSICAL and not product.lead_days,
    )


def give_a_shelf(variant: Variant) -> None:
    """A counted variant gets an empty place, so that the list of stock knows it. A bundle has none of its own."""
    if variant.tracks_stock and variant.product.kind != Product.Kind.BUNDLE and not variant.levels.exists():
        stock.count(variant, on_hand=0)


def free_sku(product: Product, values: Iterable[OptionValue] = ()) -> str:
    """An SKU that nobody has: from the address of the product and the codes of the values."""
    base = _sku_of(product, values)
    taken = set(Variant.objects.filter(sku__startswith=base).values_list("sku", flat=True))
    return first_free(base, taken)


def make_gift_cards(product: Product) -> None:
    """A gift card is never counted, and asks whom it is for unless it does already. Twice changes nothing."""
    product.variants.filter(tracks_stock=True).update(tracks_stock=False)
    if not product.personalisations.exclude(role="").exists():
        gift_questions.ask_usual(product)


def make_to_order(product: Product) -> None:
    """Its pieces are made when they are ordered: none are counted any more. For a product with `lead_days`."""
    product.variants.filter(tracks_stock=True).update(tracks_stock=False)


def _sku_of(product: Product, values: Iterable[OptionValue] = ()) -> str:
    parts = [product.slug or f"p{product.pk}", *(value.code for value in values)]
    return re.sub(r"[^A-Z0-9]+", "-", "-".join(parts).upper()).strip("-")[:70]
