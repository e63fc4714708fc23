"""The list of products. What variants cost and whether one can be had is asked for the page that is shown, no more."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Count, Max, Min, OuterRef, Q, Subquery
from unfold.views import ChangeList

from catalog.admin.languages import in_all
from catalog.admin.numbers import numbered
from catalog.among import among
from catalog.models import Brand, Product, Variant
from catalog.queries.stock import can_be_had
from catalog.search import engines

ACTIVE = Q(is_active=True)
#: What the column of prices is ordered by.
CHEAPEST = Subquery(
    Variant.objects.filter(product=OuterRef("pk"), is_active=True).order_by("price").values("price")[:1]
)


# Nobody turns so many pages; who searches for so common a word types another one.
MOST = 10_000


def words_of(text: str) -> list[str]:
    """What somebody typed into the search, each word once; nobody needs more than ten."""
    return list(dict.fromkeys(text.replace("\0", " ").split()))[:10]


def named(word: str) -> list[int]:
    """Products of whose name, SKU, barcode or brand a word begins so; of a number, those that bear it.

    Goods in the lists of the shop are found by its search index, the newest MOST of them. The others, drafts and what
    is archived, are read, and found by any piece of their name or address.
    """
    if keys := numbered(word):
        return list(Variant.objects.filter(pk__in=keys).order_by().values_list("product", flat=True).distinct())
    found = dict.fromkeys(engines.newest_in_title(word, MOST))
    goods = Product.objects.order_by("-pk")
    # Asked for by keys alone: the rows of a large catalogue are not read for it.
    if unlisted := list(goods.filter(listing=None).values_list("pk", flat=True)):
        pieces = reduce(or_, (Q(**{f"{name}__icontains": word}) for name in (*in_all("name"), "slug")))
        codes = Variant.objects.filter(Q(sku__icontains=word) | Q(barcode__icontains=word), product__in=among(unlisted))
        pieces = pieces | Q(pk__in=codes.order_by().values("product"))
        found |= dict.fromkeys(goods.filter(pieces, pk__in=among(unlisted)).values_list("pk", flat=True)[:MOST])
    brands = list(Brand.objects.filter(name__icontains=word).order_by().values_list("pk", flat=True))
    return [*(found | dict.fromkeys(goods.filter(brand__in=brands).values_list("pk", flat=True)[:MOST]))]


@dataclass(frozen=True, slots=True)
class Offered:
    """What a product's variants for sale cost in minor units, how many variants it has, and how many can be had now."""

    price_min: int | None = None
    price_max: int | None = None
    number: int = 0
    at_hand: int = 0


def offered(product_ids: Iterable[int]) -> dict[int, Offered]:
    """By product, in one query; a product without variants is missing."""
    rows = Variant.objects.filter(product__in=list(product_ids)).order_by().values("product")
    rows = rows.annotate(
        low=Min("price", filter=ACTIVE),
        high=Max("price", filter=ACTIVE),
        number=Count("pk"),
        at_hand=Count("pk", filter=ACTIVE & can_be_had()),
    )
    return {pk: Offered(*told) for pk, *told in rows.values_list("product", "low", "high", "number", "at_hand")}


class GoodsList(ChangeList):
    """Each product of the page has `offered`."""

    def get_results(self, request) -> None:
        super().get_results(request)
        found = offered(product.pk for product in self.result_list)
        for product in self.result_list:
            product.offered = found.get(product.pk, Offered())
