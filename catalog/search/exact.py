"""Article numbers and barcodes: who types one wants that very thing."""

import re

from django.db.models import Q

from catalog.models import Listing, Variant

SKU = re.compile(r"[\w./+ -]{1,80}")
# EAN-8 to ITF-14, and ISBN, as scanners and people write them.
BARCODE = re.compile(r"(?:\d[ -]?){7,13}[\dXx]")


def by_number(words: str) -> list[tuple[int, str]]:
    """(product, SKU) of every listed product with exactly this article number, in any capitals, or this barcode."""
    if not SKU.fullmatch(words):
        return []
    asked = Q(sku__in={words, words.upper(), words.lower()})
    if BARCODE.fullmatch(words):
        asked |= Q(barcode__in={words, re.sub("[ -]", "", words)})
    rows = Variant.objects.filter(asked, is_active=True).order_by("-pk").values_list("product_id", "sku")
    found = dict(rows)
    listed = set(Listing.objects.filter(pk__in=found).values_list("pk", flat=True)) if found else set()
    return [(product, sku) for product, sku in sorted(found.items()) if product in listed]
