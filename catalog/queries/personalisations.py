"""What products ask their buyers, kept while the catalogue stays the same."""

from catalog import memo
from catalog.models import Personalisation


def of_product(product_id: int, state: str) -> tuple[Personalisation, ...]:
    """What the product asks, in order. `state` is the revision of the catalogue; one query when it is new."""
    rows = Personalisation.objects.filter(product=product_id)
    return memo.remember(
        ("personalisations", state, product_id), lambda: tuple(rows), weight=lambda found: 1 + len(found)
    )
