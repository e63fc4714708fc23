"""Ana's birthday list, shown to her friends; one of them has bought something already. And a cart that staff sent."""

from datetime import datetime, timedelta

from catalog.models import Product, Variant
from customers.models import Customer
from orders.actions import wishes
from orders.models import CartLink, CartLinkLine, Wish, WishList

WISHED = ("tea-for-two", "wool-throw", "beech-tea-caddy")
FEW = 3


def wish(now: datetime) -> None:
    """One list for gifts, and one link that a shop assistant made on the phone."""
    ana = Customer.objects.filter(email="ana@lumbre.example").first()
    variants = _first_of(WISHED)
    if ana is None or len(variants) < FEW:
        return
    birthday = WishList.objects.create(
        customer=ana, name="My birthday", is_gift=True, key="birthday-of-ana", created_at=now - timedelta(days=9)
    )
    for number, variant in enumerate(variants):
        wishes.add(birthday, variant, quantity=2 if number == 1 else 1)
    Wish.objects.filter(wish_list=birthday, variant=variants[0]).update(bought=1)
    link = CartLink.objects.create(
        note="As we said on the phone", created_at=now - timedelta(days=1), expires_at=now + timedelta(days=29)
    )
    CartLinkLine.objects.bulk_create(CartLinkLine(link=link, variant=variant) for variant in variants[1:])


def _first_of(slugs) -> list[Variant]:
    """The first variant of each of these products, filled up with others that can be sold at once."""
    sold = Variant.objects.select_related("product").filter(is_active=True, product__status=Product.Status.PUBLISHED)
    sold = sold.filter(product__kind=Product.Kind.PHYSICAL, product__personalisations__isnull=True).order_by("pk")
    named = {variant.product.slug: variant for variant in sold.filter(product__slug__in=slugs)}
    others = [variant for variant in sold[:40] if variant.product.slug not in named]
    different = {variant.product_id: variant for variant in [*named.values(), *others]}
    return list(different.values())[:FEW]
