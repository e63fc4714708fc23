"""Prices in other currencies: they stand on the price list of that currency that holds for everybody, always."""

from collections.abc import Iterable

from catalog.models import ListPrice, PriceList

# (variant, currency) -> minor units
Prices = dict[tuple[int, str], int]


def lists() -> dict[str, int]:
    """Currency -> the list that an import writes on."""
    rows = PriceList.objects.filter(group="", starts_at=None, ends_at=None, is_active=True)
    found: dict[str, int] = {}
    for currency, pk in rows.order_by("-priority", "-pk").values_list("currency", "pk"):
        found.setdefault(currency, pk)
    return found


def known(variant_ids: Iterable[int], lists: dict[str, int]) -> Prices:
    """What single pieces of these cost by the lists."""
    currencies = {pk: currency for currency, pk in lists.items()}
    rows = ListPrice.objects.filter(variant__in=variant_ids, price_list__in=currencies, from_quantity=1)
    return {
        (variant, currencies[price_list]): price
        for variant, price_list, price in rows.values_list("variant_id", "price_list_id", "price")
    }


def write(prices: Prices, lists: dict[str, int]) -> None:
    """Put these on the lists; 0 takes one away."""
    gone = [(variant, lists[currency]) for (variant, currency), price in prices.items() if not price]
    for price_list in {price_list for _variant, price_list in gone}:
        variants = [variant for variant, other in gone if other == price_list]
        ListPrice.objects.filter(price_list=price_list, variant__in=variants, from_quantity=1).delete()
    ListPrice.objects.bulk_create(
        [
            ListPrice(variant_id=variant, price_list_id=lists[currency], from_quantity=1, price=price)
            for (variant, currency), price in sorted(prices.items())
            if price
        ],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["variant", "price_list", "from_quantity"],
        update_fields=["price"],
    )
