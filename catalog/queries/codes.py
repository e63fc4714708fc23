"""Which variant somebody means who types or scans a code."""

from catalog.models import Variant

LONGEST = 80


def by_code(code: str) -> list[Variant]:
    """The variant with that SKU; else those with that barcode (two at the most: more than one is no answer).

    Case and surrounding blanks do not matter for an SKU. At most three queries.
    """
    code = code.replace("\x00", "").strip()[:LONGEST]
    if not code:
        return []
    variants = Variant.objects.select_related("product")
    return (
        list(variants.filter(sku=code)[:1])
        or list(variants.filter(barcode=code).order_by("-is_active", "pk")[:2])
        or list(variants.filter(sku__iexact=code)[:2])
    )
