"""What happens once and rarely over a large catalogue: the nightly checks, and a tree of thousands of categories.

VAR_DIR=FOLDER python -m bench.nightly [--categories N]     a folder that bench.run has filled; with DATABASE_URL: that one

The categories are added below the existing ones and taken away again. The loop is a bare one of a million squares.
"""

import argparse
import os
import time
from collections.abc import Callable

from bench.reindex import peak
from bench.run import ENVIRONMENT

os.environ |= ENVIRONMENT
CHILDREN = 17


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--categories", type=int, default=5000)
    options = parser.parse_args()
    import django

    django.setup()
    from catalog import tasks

    print(f"loop {loop():.3f} s")
    said("prices", tasks.check_prices)
    said("lists and collections", tasks.refresh_listings)
    trees(options.categories)
    print(f"loop {loop():.3f} s, peak memory {peak()} MB")


def trees(number: int) -> None:
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from bench.variants import clerk
    from catalog import memo
    from catalog.queries import navigation

    client = clerk()
    with transaction.atomic():
        grow(number)
        memo.forget()
        with CaptureQueriesContext(connection) as asked:
            said(f"menu of {number} categories, first time", lambda: count(navigation.tree("en", "bench")))
        counting = sum("catalog_listing" in query["sql"] for query in asked)
        print(f"  {len(asked)} statements, {counting} of them counting the goods of each")
        said("menu in the next language", lambda: count(navigation.tree("ru", "bench")))
        for name in ("catalog_category_tree", "catalog_category_changelist"):
            with CaptureQueriesContext(connection) as asked:
                said(name, lambda page=name: client.get(reverse(f"admin:{page}")).status_code)
            print(f"  {len(asked)} statements")
        transaction.set_rollback(True)


def grow(number: int) -> None:
    """Some levels deep, each with so many children."""
    from catalog.models import Category

    row = {"is_public": True}
    words = lambda n: {f"name_{code}": f"{code} {n}" for code in ("en", "es", "ru")}  # noqa: E731
    made = [Category.add_root(name="Bench 0", slug="bench-tree-0", **words(0), **row)]
    for n in range(1, number):
        parent = made[(n - 1) // CHILDREN]
        parent.refresh_from_db()
        made.append(parent.add_child(name=f"Bench {n}", slug=f"bench-tree-{n}", **words(n), **row))


def count(links) -> int:
    return len(links) + sum(count(link.children) for link in links)


def said(name: str, work: Callable[[], object]) -> None:
    began, cpu = time.monotonic(), time.process_time()
    found = work()
    print(f"{name}: {time.monotonic() - began:.2f} s, {time.process_time() - cpu:.2f} of CPU ({found})", flush=True)


def loop() -> float:
    began = time.process_time()
    sum(i * i for i in range(1_000_000))
    return time.process_time() - began


if __name__ == "__main__":
    main()
