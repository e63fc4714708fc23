"""Showing a product to shoppers, and what it must say before."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.actions import listing
from catalog.models import Attribute, Fact, Product

# In one run of the clock; the next one is a minute away.
DUE = 2000


@dataclass(frozen=True, slots=True)
class Gap:
    """An attribute that the type of a product requires and the product does not say."""

    attribute: Attribute

    def __str__(self) -> str:
        return _("“%(attribute)s” is not filled in.") % {"attribute": self.attribute.name}


class Incomplete(Exception):
    """The product lacks what its type requires; `missing` are sentences, `gaps` the attributes behind them."""

    def __init__(self, gaps: Iterable[Gap]) -> None:
        self.gaps = list(gaps)
        self.missing = [str(gap) for gap in self.gaps]
        super().__init__(" ".join(self.missing))


@transaction.atomic
def publish(product: Product, now: datetime) -> None:
    """Show the product, from its date on or from now. Raises Incomplete, and then nothing has changed."""
    locked = Product.objects.select_for_update().get(pk=product.pk)
    if gaps := gaps_of([locked.pk]).get(locked.pk):
        raise Incomplete(gaps)
    _show(Product.objects.filter(pk=locked.pk), now)
    product.refresh_from_db(fields=["status", "published_at", "updated_at"])
    listing.refresh([locked.pk])


def publish_all(product_ids: Collection[int], now: datetime) -> dict[int, list[Gap]]:
    """Publish those of these products that are complete; return what the others lack."""
    with transaction.atomic():
        products = Product.objects.select_for_update().filter(pk__in=product_ids).order_by("pk")
        ids = list(products.values_list("pk", flat=True))
        gaps = gaps_of(ids)
        shown = [pk for pk in ids if pk not in gaps]
        _show(Product.objects.filter(pk__in=shown), now)
    listing.refresh(shown)
    return gaps


def gaps_of(product_ids: Collection[int]) -> dict[int, list[Gap]]:
    """What each of these products lacks of what its type requires; complete ones are left out. Four queries at most."""
    required = Product.objects.filter(pk__in=product_ids, type__rows__is_required=True)
    wanted = list(required.order_by("type__rows__position").values_list("pk", "type__rows__attribute_id"))
    if not wanted:
        return {}
    products = {product for product, _attribute in wanted}
    said = set(Fact.objects.filter(product__in=products).values_list("product_id", "attribute_id"))
    chosen = Product.attributes.through.objects.filter(product__in=products)
    said |= set(chosen.values_list("product_id", "attributevalue__attribute_id"))
    open_ = [pair for pair in wanted if pair not in said]
    attributes = Attribute.objects.in_bulk({attribute for _product, attribute in open_})
    gaps: dict[int, list[Gap]] = defaultdict(list)
    for product, attribute in open_:
        gaps[product].append(Gap(attributes[attribute]))
    return dict(gaps)


def publish_due(now: datetime) -> dict[int, list[Gap]]:
    """Publish what was scheduled for now or earlier; return what the incomplete ones lack: they stay scheduled."""
    due = Product.objects.filter(status=Product.Status.SCHEDULED, publish_at__lte=now).order_by("publish_at")
    return publish_all(list(due.values_list("pk", flat=True)[:DUE]), now)


def take_down_due(now: datetime) -> int:
    """Archive what was to be shown until now; returns how many."""
    due = Product.objects.published().filter(unpublish_at__lte=now)
    return archive(list(due.values_list("pk", flat=True)[:DUE]))


def archive(product_ids: Collection[int]) -> int:
    """Show and sell these products no longer; their pages say so. Returns how many were not archived before."""
    products = Product.objects.filter(pk__in=product_ids).exclude(status=Product.Status.ARCHIVED)
    changed = products.update(status=Product.Status.ARCHIVED, updated_at=timezone.now())
    listing.refresh(product_ids)
    return changed


def _show(products, now: datetime) -> None:
    products.filter(published_at=None).update(published_at=now)
    # Shown again after its time: the old end must not take it down in the next minute.
    products.filter(unpublish_at__lte=now).update(unpublish_at=None)
    products.update(status=Product.Status.PUBLISHED, updated_at=timezone.now())
