"""Many variants of one product at once: as rows of a table, or all of them in one go."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction

from catalog.actions import listing, shelf_count, stock
from catalog.actions.pricing import Cause
from catalog.models import PriceChange, Product, StockLevel, StockMovement, Variant


@dataclass(frozen=True, slots=True)
class Row:
    """A variant as somebody wants it. Prices in minor units; `on_hand` only where a level was `seen` and changed."""

    pk: int
    price: int
    compare_at: int | None
    is_active: bool
    level_id: int | None = None
    seen: int | None = None
    on_hand: int | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """How many variants changed; `left` are the SKUs of those that could not."""

    changed: int
    left: tuple[str, ...] = ()


@transaction.atomic
def save(product: Product, rows: Iterable[Row], actor: str = "") -> Done:
    """Make these variants of the product what their rows say.

    A stock that moved meanwhile, or of which more is held for orders, is left as it is.
    """
    rows = {row.pk: row for row in rows}
    changed, left = [], []
    for variant in _locked(product, rows):
        row = rows[variant.pk]
        is_changed = _apply(variant, row)
        if row.on_hand is not None and row.on_hand != row.seen:
            if _count(row, actor):
                is_changed = True
            else:
                left.append(variant.sku)
        if is_changed:
            changed.append(variant)
    _write(product, changed)
    return Done(len(changed), tuple(left))


@transaction.atomic
def set_price(product: Product, ids: Collection[int], price: int | None = None, percent: int = 0) -> Done:
    """Give these variants that price (minor units), or raise theirs by so many percent, rounded to a whole unit.

    A variant whose former price would then be no higher is left as it is.
    """
    changed, left = [], []
    for variant in _locked(product, ids):
        new = price if price is not None else max(0, (variant.price * (100 + percent) + 50) // 100)
        if variant.compare_at_price is not None and variant.compare_at_price <= new:
            left.append(variant.sku)
        elif new != variant.price:
            variant.price = new
            changed.append(variant)
    _write(product, changed)
    return Done(len(changed), tuple(left))


@transaction.atomic
def put_on_sale(product: Product, ids: Collection[int], is_active: bool) -> Done:
    """Sell these variants, or no longer."""
    changed = [variant for variant in _locked(product, ids) if variant.is_active != is_active]
    for variant in changed:
        variant.is_active = is_active
    _write(product, changed)
    return Done(len(changed))


@transaction.atomic
def remove(product: Product, ids: Collection[int], kept: Collection[int]) -> Done:
    """Delete these variants; those of `kept`, which somebody ordered or has in his cart, are only taken off sale.

    Pieces on the shelf, and who moved them, go with what is deleted; so what has stock is taken off sale as well.
    """
    stocked = StockLevel.objects.filter(variant__product=product, on_hand__gt=0).values_list("variant_id", flat=True)
    stays = set(kept) | set(stocked)
    variants = list(_locked(product, ids))
    put_on_sale(product, [variant.pk for variant in variants if variant.pk in stays], is_active=False)
    gone = [variant.pk for variant in variants if variant.pk not in stays]
    Variant.objects.filter(pk__in=gone).delete()
    listing.refresh([product.pk], cause=Cause(PriceChange.Reason.SET))
    return Done(len(gone), tuple(variant.sku for variant in variants if variant.pk in stays))


def _locked(product: Product, ids: Iterable[int]):
    return product.variants.select_for_update(of=("self",)).filter(pk__in=list(ids)).order_by("pk")


def _apply(variant: Variant, row: Row) -> bool:
    before = (variant.price, variant.compare_at_price, variant.is_active)
    variant.price, variant.compare_at_price, variant.is_active = row.price, row.compare_at, row.is_active
    return before != (row.price, row.compare_at, row.is_active)


def _count(row: Row, actor: str) -> bool:
    level = StockLevel.objects.filter(pk=row.level_id, variant=row.pk).first()
    if level is None:
        return False
    try:
        with transaction.atomic():
            shelf_count.count(level, row.seen, row.on_hand, StockMovement.Reason.COUNTED, actor=actor)
    except (shelf_count.Moved, stock.HeldForOrders):
        return False
    return True


def _write(product: Product, changed: list[Variant]) -> None:
    if changed:
        Variant.objects.bulk_update(changed, ["price", "compare_at_price", "is_active"], batch_size=200)
        listing.refresh([product.pk], cause=Cause(PriceChange.Reason.SET))
