"""Writing down what was searched for."""

from datetime import date, timedelta

from django.db import connection, transaction

from catalog.models import Product, SearchCount

# Who makes up words cannot fill the database with them.
MOST_A_DAY = 5000
KEPT_DAYS = 365
_COUNT = """
INSERT INTO catalog_searchcount (day, language, words, times, choices, results, is_full)
VALUES (%s, %s, %s, %s, 0, %s, %s)
ON CONFLICT (day, language, words) DO UPDATE SET times = catalog_searchcount.times + excluded.times,
  results = excluded.results, is_full = excluded.is_full
"""
_CHOOSE = """
INSERT INTO catalog_searchchoice (count_id, product_id, times) VALUES (%s, %s, %s)
ON CONFLICT (count_id, product_id) DO UPDATE SET times = catalog_searchchoice.times + excluded.times
"""
_CHOSEN = "UPDATE catalog_searchcount SET choices = choices + %s WHERE id = %s"


@transaction.atomic
def write(searches: list[list], choices: list[list]) -> None:
    """Add rows of (day, language, words, times, results, is_full) and of (day, language, words, product, times).

    A choice counts only for words that were searched for on that day or the day before.
    """
    known = _known([*searches, *choices])
    room = MOST_A_DAY - SearchCount.objects.filter(day__in={row[0] for row in searches}).count()
    fresh = [row for row in searches if tuple(row[:3]) not in known]
    left_out = {tuple(row[:3]) for row in fresh[max(room, 0) :]}
    rows = sorted(row for row in searches if tuple(row[:3]) not in left_out)
    with connection.cursor() as cursor:
        cursor.executemany(_COUNT, rows)
        _choose(cursor, choices)


def _choose(cursor, choices: list[list]) -> None:
    known = _known(choices)
    products = set(Product.objects.filter(pk__in={row[3] for row in choices}).values_list("pk", flat=True))
    found = []
    for day, language, words, product_id, times in choices:
        yesterday = str(date.fromisoformat(day) - timedelta(days=1))
        key = known.get((day, language, words)) or known.get((yesterday, language, words))
        if key and product_id in products:
            found.append((key, product_id, times))
    cursor.executemany(_CHOOSE, sorted(found))
    cursor.executemany(_CHOSEN, sorted((times, key) for key, _, times in found))


def _known(rows: list[list]) -> dict[tuple[str, str, str], int]:
    """The keys of the counts that may be meant."""
    days = {date.fromisoformat(row[0]) - timedelta(days=back) for row in rows for back in (0, 1)}
    counts = SearchCount.objects.filter(day__in=days, words__in={row[2] for row in rows})
    return {
        (str(day), language, words): pk
        for pk, day, language, words in counts.values_list("pk", "day", "language", "words")
    }


def forget(today: date) -> int:
    """Drop what is older than a year; returns how many rows went."""
    return SearchCount.objects.filter(day__lt=today - timedelta(days=KEPT_DAYS)).delete()[0]
