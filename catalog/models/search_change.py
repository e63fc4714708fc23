"""What a search server has still to be told."""

from django.db import models


class SearchChange(models.Model):
    """A product whose documents changed, written with the change; or, for product 0, that the index is built anew."""

    # No foreign key: the product may be gone, and that is what is to be told.
    product_id = models.BigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.product_id)
