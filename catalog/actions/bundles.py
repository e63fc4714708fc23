"""Saying what a bundle consists of."""

from collections.abc import Mapping

from django.db import transaction

from catalog.actions import listing
from catalog.models import BundleItem, Product, Variant
from catalog.models.bundle import MOST


class NotABundle(Exception):
    """Only a product of the kind "bundle" has components."""


class BundleInBundle(Exception):
    """A component is a bundle itself; `sku` is its own."""

    def __init__(self, sku: str) -> None:
        super().__init__(sku)
        self.sku = sku


@transaction.atomic
def set_components(bundle: Variant, pieces: Mapping[int, int]) -> None:
    """One piece of the bundle is so many pieces of these variants, in this order; what was there before goes.

    Orders that hold the former components keep them. Raises NotABundle, BundleInBundle, ValueError for a quantity that
    is not 1 to 99; nothing has changed then.
    """
    product = Product.objects.select_for_update().get(pk=bundle.product_id)
    if product.kind != Product.Kind.BUNDLE:
        raise NotABundle(bundle.sku)
    if any(not 1 <= quantity <= MOST for quantity in pieces.values()):
        raise ValueError("A component is 1 to 99 pieces.")
    inner = Variant.objects.filter(pk__in=pieces, product__kind=Product.Kind.BUNDLE).first()
    if inner is not None:
        raise BundleInBundle(inner.sku)
    BundleItem.objects.filter(bundle=bundle).delete()
    BundleItem.objects.bulk_create(
        BundleItem(bundle=bundle, component_id=pk, quantity=quantity, position=position)
        for position, (pk, quantity) in enumerate(pieces.items())
    )
    listing.refresh([product.pk])
