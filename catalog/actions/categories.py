"""Moving categories: one after the other, never into themselves, and the lists follow in the same transaction."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection, transaction

from catalog import revision
from catalog.actions import listing
from catalog.models import Category, Product

# Products whose search words and collections are brought in step at once; more are a worker's business.
AT_ONCE = 500
BATCH = 500
BEFORE, AFTER, INSIDE, FIRST_INSIDE = "before", "after", "inside", "first-inside"
PLACES = {BEFORE: "left", AFTER: "right", INSIDE: "last-child", FIRST_INSIDE: "first-child"}
# Any number of ours: whoever changes the tree on PostgreSQL takes it first.
_TURN = 7_415_733


class Cycle(Exception):
    """A category would hang below itself; nothing was changed."""


class NoSuchCategory(Exception):
    """The category, or the one it should move to, is gone; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved, how many products are below it, and where it was, as arguments for `move`."""

    node: int
    products: int
    back_to: int | None
    back_place: str


def take_turns() -> None:
    """Wait until nobody else changes the tree, until the transaction ends. SQLite's take turns by themselves."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])


@transaction.atomic
def move(node: int, target: int | None, place: str) -> Moved:
    """Hang a category before, after or inside another; without another, last at the top of the tree.

    Lists know the new place at once. Search words and collections of the products below it follow with `catch_up`.
    Raises Cycle, NoSuchCategory.
    """
    take_turns()
    before = dict(Category.objects.values_list("pk", "path"))
    if node not in before or (target is not None and target not in before):
        raise NoSuchCategory
    if target is not None and before[target].startswith(before[node]):
        raise Cycle
    back_to, back_place = _place_of(node, before)
    moving = Category.objects.get(pk=node)
    if target is not None:
        moving.move(Category.objects.get(pk=target), PLACES[place])
    elif (last := Category.get_last_root_node()).pk != node:
        moving.move(last, "right")
    after = dict(Category.objects.values_list("pk", "path"))
    align_listings([pk for pk, path in after.items() if before[pk] != path])
    revision.renew()
    return Moved(node, _products_below(node).count(), back_to, back_place)


def align_listings(categories: list[int]) -> int:
    """Write the path of these categories on the listing rows of their products; one statement."""
    if not categories:
        return 0
    marks = ", ".join(["%s"] * len(categories))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE catalog_listing SET category_path = (SELECT c.path FROM catalog_product p "  # noqa: S608 - only marks
            "JOIN catalog_category c ON c.id = p.category_id WHERE p.id = catalog_listing.product_id) "
            f"WHERE product_id IN (SELECT id FROM catalog_product WHERE category_id IN ({marks}))",
            categories,
        )
        return cursor.rowcount


def catch_up(node: int, tell: Callable[[int, int], None] = lambda done, to_do: None) -> int:
    """Bring search words, visibility and collections of everything below the category in step; returns how many."""
    ids = list(_products_below(node).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        tell(start, len(ids))
        listing.refresh(ids[start : start + BATCH])
    tell(len(ids), len(ids))
    return len(ids)


def _products_below(node: int):
    path = Category.objects.filter(pk=node).values_list("path", flat=True).first()
    return Product.objects.filter(category__path__startswith=path) if path else Product.objects.none()


def _place_of(node: int, paths: dict[int, str]) -> tuple[int | None, str]:
    """Where it hangs, said so that `move` can bring it back: after its neighbour, or first in its parent."""
    keys = {path: pk for pk, path in paths.items()}
    own, step = paths[node], Category.steplen
    above = own[:-step]
    elder = [path for path in keys if path[:-step] == above and len(path) == len(own) and path < own]
    if elder:
        return keys[max(elder)], AFTER
    if above:
        return keys[above], FIRST_INSIDE
    younger = [path for path in keys if len(path) == len(own) and path > own]
    return (keys[min(younger)], BEFORE) if younger else (None, INSIDE)
