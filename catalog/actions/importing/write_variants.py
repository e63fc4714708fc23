"""The variants of a batch: new ones with their options, and changes."""

from django.db.models import Max

from catalog import bulk
from catalog.actions.importing.plan import Desk, Plan
from catalog.actions.importing.variant_plan import VariantPlan
from catalog.actions.importing.vocabulary import Name
from catalog.models import Product, Variant

# Column -> value.
Row = dict[str, object]


def write(plans: list[Plan], products: dict[str, Row], desk: Desk) -> dict[str, int]:
    """Make and change variants; returns the primary keys of the new ones by SKU."""
    _change(plans)
    new = [(plan, made) for plan in plans for made in plan.variants if made.variant is None]
    if not new:
        return {}
    places = _last_positions([plan for plan, _made in new])
    rows = []
    for plan, made in new:
        key = plan.goods.key
        places[key] = places.get(key, -1) + 1
        rows.append(_variant(made, products[key], places[key]))
    keys = bulk.insert(Variant, rows, "sku")
    _give_options([(plan.product, keys[made.sku], name) for plan, made in new for name in made.values], desk)
    return keys


def counts_stock(made: VariantPlan, product: Row) -> bool:
    """Whether pieces of that new variant are counted."""
    return made.piece.counts_stock is not False and product["kind"] == Product.Kind.PHYSICAL


def _variant(made: VariantPlan, product: Row, position: int) -> Row:
    piece = made.piece
    return {
        "product_id": product["id"],
        "sku": made.sku,
        "barcode": piece.barcode or "",
        "combination": made.combination,
        "price": piece.price or 0,
        "compare_at_price": (piece.compare_at or None) if piece.price is not None else None,
        "tracks_stock": counts_stock(made, product),
        "weight_g": piece.weight_g or 0,
        "position": min(position, 32_000),
        # Without a price it would be given away.
        "is_active": piece.price is not None and piece.is_active is not False,
        "cost": piece.cost or None,
    }


def _last_positions(plans: list[Plan]) -> dict[str, int]:
    known = {plan.stored.product.pk: plan.goods.key for plan in plans if plan.stored}
    rows = Variant.objects.filter(product_id__in=known).values_list("product_id").annotate(Max("position")).order_by()
    return {known[pk]: position for pk, position in rows}


def _give_options(chosen: list[tuple[int, int, Name]], desk: Desk) -> None:
    """Product, variant and the value that it has."""
    values, options = Variant.values.through, Product.options.through
    bulk.insert(
        values, [{"variant_id": variant, "optionvalue_id": desk.axes.value_pk(name)} for _, variant, name in chosen]
    )
    axes = {(product, desk.axes.axis_pk(name[0])) for product, _, name in chosen}
    bulk.write(options._meta.db_table, ["product_id", "option_id"], sorted(axes), "ON CONFLICT DO NOTHING")


def _change(plans: list[Plan]) -> None:
    changed, names = [], set()
    for plan in plans:
        for made in plan.variants:
            if made.variant and made.changes:
                for name, value in made.changes.items():
                    setattr(made.variant, name, value)
                changed.append(made.variant)
                names.update(made.changes)
    if changed:
        Variant.objects.bulk_update(changed, sorted(names), batch_size=100)
