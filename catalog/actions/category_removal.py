"""A category is given up: what it holds moves to another one, what names it follows, and its address leads there."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.deletion import ProtectedError

from catalog import events, revision, rules
from catalog.actions import addresses
from catalog.actions.categories import Cycle, NoSuchCategory, align_listings, take_turns
from catalog.models import Category, Collection, Product, Sale
from catalog.rules.fields import CATEGORY

BATCH = 1000


class NeedsAPlace(Exception):
    """It holds goods or smaller categories and nobody said where they go; nothing was changed."""


class FilledMeanwhile(Exception):
    """Somebody put something into it while it was given up; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Removed:
    """Every product whose path is another now, and the collections whose rules ask for the other category."""

    product_ids: tuple[int, ...]
    collections: tuple[Collection, ...] = ()


def remove(node: int, into: int | None) -> Removed:
    """Move everything of a category into another and delete it. Nothing is lost: sales go on covering the goods they
    covered by it, rules of collections ask for the other one, its addresses lead there. Announced,
    so that other floors follow.

    Lists know the new place at once; search words, prices and collections of `product_ids` follow with
    `listing.refresh`, and `collections` want to be rebuilt. Without `into` only an empty one goes, and its addresses
    with it. Raises Cycle, NoSuchCategory, NeedsAPlace, FilledMeanwhile.
    """
    try:
        with transaction.atomic():
            return _remove(node, into)
    except (ProtectedError, IntegrityError):
        raise FilledMeanwhile from None


def _remove(node: int, into: int | None) -> Removed:
    take_turns()
    leaving, target = _both(node, into)
    children = list(Category.objects.filter(path__startswith=leaving.path, depth=leaving.depth + 1).order_by("path"))
    own = list(leaving.products.order_by("pk").values_list("pk", flat=True))
    moved = tuple(Product.objects.filter(category__path__startswith=leaving.path).values_list("pk", flat=True))
    if target is None and (own or children):
        raise NeedsAPlace
    _keep_sales(leaving, children, own)
    asking = collections_asking_for(leaving) if target else []
    if target is not None:
        _ask_for_another(asking, leaving, target)
        leaving.products.update(category=target)
        _hang_below(target, children)
        addresses.pass_on(leaving, target)
    events.category_removed.send(Category, category_id=node, into_id=into)
    # Read anew: its place among the others may have changed.
    Category.objects.get(pk=node).delete()
    revision.renew()
    return Removed(moved, tuple(asking))


def _both(node: int, into: int | None) -> tuple[Category, Category | None]:
    rows = Category.objects.in_bulk({node, into} - {None})
    if node not in rows or (into is not None and into not in rows):
        raise NoSuchCategory
    if into is not None and rows[into].path.startswith(rows[node].path):
        raise Cycle
    return rows[node], rows.get(into)


def _hang_below(target: Category, children: Sequence[Category]) -> None:
    before = dict(Category.objects.values_list("pk", "path"))
    for child in children:
        # Each move may change the paths of both.
        Category.objects.get(pk=child.pk).move(Category.objects.get(pk=target.pk), "last-child")
    after = dict(Category.objects.values_list("pk", "path"))
    align_listings([target.pk, *(pk for pk, path in after.items() if before[pk] != path)])


def _keep_sales(leaving: Category, children: Sequence[Category], products: Sequence[int]) -> None:
    """Sales that name the category name what was in it: no more and no fewer goods than before."""
    for sale in Sale.objects.filter(categories=leaving):
        sale.categories.add(*children)
        for start in range(0, len(products), BATCH):
            sale.products.add(*products[start : start + BATCH])


def _ask_for_another(asking: Sequence[Collection], leaving: Category, target: Category) -> None:
    for collection in asking:
        collection.rule = _rewritten(collection.rule, leaving.pk, target.pk)
        collection.save(update_fields=["rule"])


def collections_asking_for(category: Category) -> list[Collection]:
    """Those whose rule names this category."""
    found = []
    for collection in Collection.objects.filter(rule__isnull=False):
        try:
            conditions = rules.read(collection.rule).conditions()
        except rules.Unfit:
            continue
        if any(row.field == CATEGORY and row.value == category.pk for row in conditions):
            found.append(collection)
    return found


def _rewritten(part: dict, old: int, new: int) -> dict:
    if "parts" in part:
        return {**part, "parts": [_rewritten(each, old, new) for each in part["parts"]]}
    is_meant = part.get("field") == CATEGORY and part.get("value") == old
    return {**part, "value": new} if is_meant else part


def sales_changed(leaving: Category, target: Category) -> tuple[list[Sale], list[Sale]]:
    """Sales that its goods join by moving, and sales that they leave, because of what the two hang below."""
    before, after = _named_above(leaving), _named_above(target)
    named = set(Sale.objects.filter(categories=leaving))
    return _in_order(after - before), _in_order(before - after - named)


def _named_above(category: Category) -> set[Sale]:
    step = Category.steplen
    ways = [category.path[:end] for end in range(step, len(category.path) + 1, step)]
    return set(Sale.objects.filter(Q(categories__path__in=ways), is_active=True))


def _in_order(sales: set[Sale]) -> list[Sale]:
    return sorted(sales, key=lambda sale: sale.pk)
