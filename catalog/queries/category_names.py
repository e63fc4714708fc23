"""Categories called by their whole path, such as "Kitchen › Mugs", and found by any part of it."""

from collections.abc import Iterable

from catalog.models import Category
from catalog.queries.navigation import names_by_path
from catalog.search.analysis import fold
from catalog.words import say, words_of

BETWEEN = " › "
STEP = Category.steplen


def full_names(categories: Iterable[Category], language: str) -> dict[int, str]:
    """By key, the path of each of these as names; one query for all that stands above them."""
    categories = list(categories)
    ways = {category.pk: _way(category.path) for category in categories}
    wanted = {path for way in ways.values() for path in way}
    rows = Category.objects.filter(path__in=wanted) if wanted else []
    names = {row.path: say(words_of(row, "name"), language) for row in rows}
    return {pk: BETWEEN.join(names.get(path) or "?" for path in way) for pk, way in ways.items()}


def find(typed: str, language: str) -> list[str]:
    """The paths of the categories whose names, with those above them, hold every typed word; in the tree's order.

    Capitals and accents do not matter, on either database. Reads the names of the whole tree in one query.
    """
    words = fold(typed).replace(BETWEEN.strip(), " ").split()
    names = {path: fold(name) for path, name in names_by_path(language).items()}
    found = []
    for path in names:
        whole = " ".join(names.get(above, "") for above in _way(path))
        if all(word in whole for word in words):
            found.append(path)
    return found


def _way(path: str) -> list[str]:
    """The paths from the root down to this one."""
    return [path[:end] for end in range(STEP, len(path) + 1, STEP)]
