"""The collections of the demonstration shop: some picked by hand, some by rule."""

from datetime import datetime

from catalog import rules
from catalog.actions import collections
from catalog.actions.collections import picks
from catalog.models import Collection
from shop.demo.data import load, spread
from shop.demo.goods import Shelf


def put_together(shelf: Shelf, now: datetime) -> None:
    """Make every collection and fill it; the lists must be ready."""
    for position, row in enumerate(load("collections")):
        collection = Collection.objects.create(
            slug=row["slug"],
            is_featured=row["featured"],
            position=position,
            sort=row.get("sort", Collection.Sort.RECOMMENDED),
            **spread(name=row["name"], description=row["description"]),
        )
        if "rule" in row:
            collections.save_rule(collection, rules.read(_with_keys(shelf, row["rule"])), now)
            collections.rebuild(collection, now)
        picks.pick(collection, [shelf.products[slug].pk for slug in row.get("picked", [])])


def _with_keys(shelf: Shelf, part: dict) -> dict:
    """The rule as it is stored: values by key instead of by the name the data uses."""
    if "parts" in part:
        return {**part, "parts": [_with_keys(shelf, each) for each in part["parts"]]}
    if part["field"] == "attribute":
        return {**part, "value": shelf.attributes[tuple(part["value"].split(":"))].pk}
    return part
