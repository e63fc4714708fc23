"""Signed links to goods that are not shown yet."""

from datetime import timedelta

from django.core import signing

from catalog.models import Product

SALT = "catalog.previews"
VALID = timedelta(days=7)


def token_for(product: Product) -> str:
    """A text for an address; whoever has it sees the product for a week, published or not."""
    return signing.dumps(product.pk, salt=SALT)


def product_of(token: str) -> Product:
    """The product of a link. Raises signing.BadSignature (also for an old one) and Product.DoesNotExist."""
    pk = signing.loads(token, salt=SALT, max_age=VALID) if len(token) < 200 else ""
    return Product.objects.get(pk=pk or 0)
