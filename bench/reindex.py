"""How long does it take to write every listing row and search document anew, and until one change can be found?

VAR_DIR=FOLDER python -m bench.reindex        a folder that bench.run has filled; with DATABASE_URL: that database
"""

import os
import resource
import time

from bench.run import ENVIRONMENT

os.environ |= ENVIRONMENT
NONSENSE = "quizzaciously"


def main() -> None:
    import django

    django.setup()
    from catalog.actions import listing
    from catalog.models import Product
    from catalog.search import find

    total = Product.objects.count()
    began, cpu = time.monotonic(), time.process_time()
    # Emptied, so that every row is written and not only compared.
    empty()
    print(f"emptied in {time.monotonic() - began:.0f} s, peak memory {peak()} MB")
    began, cpu = time.monotonic(), time.process_time()
    listing.reindex()
    print(
        f"{total} products written anew in {time.monotonic() - began:.0f} s ({time.process_time() - cpu:.0f} s of CPU)"
    )
    print(f"peak memory {peak()} MB")
    product = Product.objects.published().order_by("?").first()
    began = time.monotonic()
    name, product.name_en = product.name_en, f"{product.name_en} {NONSENSE}"
    product.save()
    listing.refresh([product.pk])
    assert product.pk in find(NONSENSE, "en").ids
    print(f"one change found after {time.monotonic() - began:.2f} s")
    product.name_en = name
    product.save()
    listing.refresh([product.pk])


def empty() -> None:
    """Below the ORM, which would load every row: the memory that is told is that of the re-index."""
    from django.db import connection

    with connection.cursor() as cursor:
        for table in ("listingvalue", "marketlisting", "listing", "searchdocument", "searchword"):
            cursor.execute(f"DELETE FROM catalog_{table}")


def peak() -> int:
    """The most memory of this process so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
