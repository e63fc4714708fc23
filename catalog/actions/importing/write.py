"""Putting planned goods into the shop, a batch in one transaction."""

from datetime import datetime

from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from catalog import bulk
from catalog.actions import addresses, listing, stock_import, stock_levels
from catalog.actions.importing import listed, tags, typed, write_variants
from catalog.actions.importing.plan import Desk, Plan
from catalog.actions.importing.write_variants import Row
from catalog.actions.pricing import Cause
from catalog.actions.publishing import gaps_of
from catalog.models import PriceChange, Product, Variant
from catalog.models.tax_class import STANDARD
from catalog.words import languages

Status = Product.Status
PUBLISHED = Status.PUBLISHED
# One import at a time writes; the number means nothing.
TURN = 7_230_411


@transaction.atomic
def write(plans: list[Plan], desk: Desk, now: datetime) -> None:
    """Do what the plans say, and set their products."""
    for plan in plans:
        plan.product = plan.stored.product.pk if plan.stored else None
    plans = [plan for plan in plans if plan.does_something]
    if not plans:
        return
    # The plain name of a translated field means the language that is active.
    with translation.override(languages()[0]):
        for words in (desk.axes, desk.attributes, desk.brands, desk.tags):
            words.flush()
        products = _products(plans, desk, now)
        for plan in plans:
            plan.product = products[plan.goods.key]["id"]
        keys = write_variants.write(plans, products, desk)
        _write_facts(plans, desk)
        tags.write({plan.product: plan.tags for plan in plans if plan.tags is not None})
    _hold_back(plans, products)
    told = {"document": desk.options.document, "actor": desk.options.actor}
    _open_shelves(plans, products, keys, told)
    _count(plans, told)
    _count_by_place(plans, desk, keys, told)
    _price_in_lists(plans, desk, keys)
    cause = Cause(PriceChange.Reason.IMPORTED, desk.options.actor[:254], desk.options.document[:200])
    listing.refresh([plan.product for plan in plans], now, cause)


def take_turns() -> None:
    """Wait until no other import is in the middle of a batch. Inside a transaction; SQLite's take turns anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])


def _products(plans: list[Plan], desk: Desk, now: datetime) -> dict[str, Row]:
    """The columns of all products by their keys; new ones are made, changed ones saved."""
    new = {plan.goods.key: _new(plan, desk, now) for plan in plans if plan.stored is None}
    for key, pk in bulk.insert(Product, list(new.values()), "import_key").items():
        new[key]["id"] = pk
    known = {plan.goods.key: plan.stored.product for plan in plans if plan.stored}
    changed, names, moves = [], set(), []
    for plan in plans:
        if plan.place:
            plan.fields["category_id"] = desk.shelves.place(plan.place, plan.goods.first["category_separator"])
        if plan.stored and plan.fields:
            product = known[plan.goods.key]
            moves.append((product, product.slug))
            _apply(plan, product, now)
            changed.append(product)
            names.update(plan.fields)
    if changed:
        first = languages()[0]
        names |= {name.removesuffix(f"_{first}") for name in names} | {"updated_at"}
        names = {name.removesuffix("_id") for name in names}
        Product.objects.bulk_update(changed, sorted(names), batch_size=100)
        addresses.left_many(moves)
    return {key: vars(product) for key, product in known.items()} | new


def _new(plan: Plan, desk: Desk, now: datetime) -> Row:
    goods, first = plan.goods, plan.goods.first
    has_price = any(variant.piece.price is not None for variant in plan.variants)
    status = (goods.status or first.get("status") or Status.PUBLISHED) if has_price else Status.DRAFT
    # Only a person says when.
    status = Status.DRAFT if status == Status.SCHEDULED else status
    columns = _columns(plan)
    brand = columns.pop("brand", None)
    return {
        "import_key": goods.key,
        "slug": desk.claims.slug(goods),
        "kind": first.get("kind") or Product.Kind.PHYSICAL,
        "tax_class_id": first.get("tax_class") or STANDARD,
        "category_id": desk.shelves.place(first.get("category", ""), first.get("category_separator", " > ")),
        "published_at": now if status == Status.PUBLISHED else None,
        "type_id": None,
        **columns,
        "brand_id": brand.pk if brand else None,
        "status": status,
    }


def _apply(plan: Plan, product: Product, now: datetime) -> None:
    if "published_at" in plan.fields:
        plan.fields["published_at"] = now
    for name, value in _columns(plan).items():
        setattr(product, name, value)
    product.updated_at = now


def _columns(plan: Plan) -> dict[str, object]:
    """The fields, with the untranslated column of each translated one beside it."""
    suffix = f"_{languages()[0]}"
    return {**{name.removesuffix(suffix): value for name, value in plan.fields.items()}, **plan.fields}


def _write_facts(plans: list[Plan], desk: Desk) -> None:
    through, told = Product.attributes.through, [plan for plan in plans if plan.facts is not None]
    if known := [plan.product for plan in told if plan.stored]:
        through.objects.filter(product_id__in=known).delete()
    bulk.insert(
        through,
        [
            {"product_id": plan.product, "attributevalue_id": desk.attributes.value_pk(name)}
            for plan in told
            for name in sorted(plan.facts)
        ],
    )
    typed.write((plan.product, fact) for plan in plans for fact in plan.typed)


def _hold_back(plans: list[Plan], products: dict[str, Row]) -> None:
    """What lacks facts that its type requires is not shown to shoppers yet."""
    gaps = gaps_of([row["id"] for row in products.values() if row["type_id"] and row["status"] == PUBLISHED])
    if gaps:
        Product.objects.filter(pk__in=gaps).update(status=Status.DRAFT)
    for plan in plans:
        if missing := gaps.get(plan.product):
            plan.row.details.append(_("Kept as a draft: %(why)s") % {"why": " ".join(map(str, missing))})


def _open_shelves(plans: list[Plan], products: dict[str, Row], keys: dict[str, int], told: dict[str, str]) -> None:
    """Stock of the variants made just now that the file does not tell by place."""
    numbers = {
        keys[made.sku]: made.count
        for plan in plans
        for made in plan.variants
        if made.variant is None
        and made.count is not None
        and write_variants.counts_stock(made, products[plan.goods.key])
    }
    stock_import.open_shelves(numbers, **told)


def _count(plans: list[Plan], told: dict[str, str]) -> None:
    """Set the stock of variants that were there; say what could not be set."""
    wanted = {
        variant.variant.pk: variant.count
        for plan in plans
        for variant in plan.variants
        if variant.variant and variant.count is not None
    }
    if not wanted:
        return
    kept = stock_import.set_counts(wanted, **told)
    skus = dict(Variant.objects.filter(pk__in=kept).values_list("pk", "sku"))
    for plan in plans:
        for variant in plan.variants:
            if variant.variant and variant.variant.pk in kept:
                words = {"sku": skus[variant.variant.pk], "number": kept[variant.variant.pk]}
                text = _("%(sku)s: more is held for orders, so the stock of %(number)d was left.") % words
                plan.row.details.append(text)


def _price_in_lists(plans: list[Plan], desk: Desk, keys: dict[str, int]) -> None:
    told = [made for plan in plans for made in plan.variants if made.prices]
    prices = {
        (made.variant.pk if made.variant else keys[made.sku], currency): price
        for made in told
        for currency, price in made.prices.items()
    }
    if prices:
        listed.write(prices, desk.lists)


def _count_by_place(plans: list[Plan], desk: Desk, keys: dict[str, int], told: dict[str, str]) -> None:
    """`keys` are those of the variants made just now, by SKU."""
    known: dict[tuple[int, int], int] = {}
    new: dict[tuple[int, int], int] = {}
    for variant in (variant for plan in plans for variant in plan.variants if variant.counts):
        counts = {desk.locations[name]: number for name, number in variant.counts.items()}
        if variant.variant:
            known |= {(variant.variant.pk, place): number for place, number in counts.items()}
        else:
            new |= {(keys[variant.sku], place): number for place, number in counts.items() if number}
    stock_import.open_places(new, **told)
    kept = stock_levels.set_levels(known, **told) if known else set()
    for plan in plans:
        for variant in plan.variants:
            if variant.variant and any(pk == variant.variant.pk for pk, _place in kept):
                text = _("%(sku)s: more is held for orders, so the stock was left.") % {"sku": variant.variant.sku}
                plan.row.details.append(text)
