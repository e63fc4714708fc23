"""What the till knows of goods: those that somebody ordered, or is about to, are kept."""

from django.conf import settings

from catalog.admin.panels import kept_goods, kept_variants, tax_at_home
from orders import tax
from orders.models import Cart, CartLine, OrderLine


def wanted_products(product_ids: list[int]) -> set[int]:
    return _of("variant__product_id", variant__product__in=product_ids)


def wanted_variants(variant_ids: list[int]) -> set[int]:
    return _of("variant_id", variant__in=variant_ids)


def _of(column: str, **which) -> set[int]:
    """In the books for ever, or in somebody's cart now."""
    ordered = OrderLine.objects.filter(**which)
    in_carts = CartLine.objects.filter(cart__status=Cart.Status.OPEN, **which)
    return {pk for lines in (ordered, in_carts) for pk in lines.values_list(column, flat=True).distinct()}


kept_goods.register(wanted_products)
kept_variants.register(wanted_variants)
tax_at_home.register(lambda: tax.rates(settings.SHOP_COUNTRY))
