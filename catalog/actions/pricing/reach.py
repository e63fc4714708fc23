"""Which goods a sale covers. A further way to choose goods is a further line here."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet

from catalog.actions.collections import selling
from catalog.models import Category, Product, Sale


def products_of(sale: Sale) -> QuerySet[Product]:
    """Every product that a stored sale covers."""
    if sale.covers_everything:
        return Product.objects.all()
    chosen = Q(pk__in=sale.products.through.objects.filter(sale=sale).values("product_id"))
    chosen |= Q(brand__in=sale.brands.through.objects.filter(sale=sale).values("brand_id"))
    chosen |= Q(variants__in=sale.prices.values("variant_id"))
    named = list(sale.collections.values_list("pk", flat=True))
    if named:
        chosen |= Q(pk__in=selling.members(named).values("product_id"))
    for path in Category.objects.filter(pk__in=sale.categories.all()).values_list("path", flat=True):
        chosen |= Q(category__path__startswith=path)
    return Product.objects.filter(chosen).distinct()


class Reach:
    """Which of some sales cover a product, asked for many products at once."""

    def __init__(self, sales: Collection[Sale], product_ids: Iterable[int]) -> None:
        keys = [sale.pk for sale in sales]
        self._all = {sale.pk for sale in sales if sale.covers_everything}
        self._products = _pairs(Sale.products.through.objects.filter(sale__in=keys, product__in=product_ids), "product")
        self._brands = _pairs(Sale.brands.through.objects.filter(sale__in=keys), "brand")
        self._members = _members(keys, product_ids)
        through = Sale.categories.through.objects.filter(sale__in=keys)
        self._paths = list(through.values_list("category__path", "sale_id"))

    def of(self, product_id: int, brand_id: int | None, category_path: str) -> set[int]:
        """The keys of the sales that cover this product."""
        by_category = {sale for path, sale in self._paths if category_path.startswith(path)}
        return self._all | self._products[product_id] | self._members[product_id] | self._brands[brand_id] | by_category

    def named(self, product_id: int) -> set[int]:
        """The keys of the sales that name this very product."""
        return self._products[product_id]


def _members(sale_ids: list[int], product_ids: Iterable[int]) -> dict[int, set[int]]:
    """Product -> sales, by the collections in which it stands. One query where no sale names a collection."""
    named: dict[int, set[int]] = defaultdict(set)
    for sale, key in Sale.collections.through.objects.filter(sale__in=sale_ids).values_list("sale_id", "collection_id"):
        named[key].add(sale)
    found: dict[int, set[int]] = defaultdict(set)
    rows = selling.members(named).filter(product__in=product_ids) if named else None
    for product, key in rows.values_list("product_id", "collection_id") if named else ():
        found[product] |= named[key]
    return found


def _pairs(through: QuerySet, name: str) -> dict[int | None, set[int]]:
    found: dict[int | None, set[int]] = defaultdict(set)
    for key, sale in through.values_list(f"{name}_id", "sale_id"):
        found[key].add(sale)
    return found
