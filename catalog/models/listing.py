"""What lists read: one ready-made row per published product, so that no page puts a product together again.

Written only by `catalog.actions.listing`. Nothing here is a source of truth: a nightly job compares and repairs.
"""

from django.db import models

from catalog.models.category import Brand
from catalog.models.product import Product


class Listing(models.Model):
    """A product as lists show, filter and sort it."""

    product = models.OneToOneField(Product, models.CASCADE, primary_key=True, related_name="listing")
    category_path = models.CharField(max_length=255)
    brand = models.ForeignKey(Brand, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=10)
    price_min = models.BigIntegerField()
    price_max = models.BigIntegerField()
    # The former price of the cheapest variant: what a card shows beside the price.
    compare_at = models.BigIntegerField(null=True)
    # The lowest price of the 30 days before that reduction.
    lowest = models.BigIntegerField(null=True)
    in_stock = models.BooleanField()
    popularity = models.PositiveIntegerField()
    published_at = models.DateTimeField()
    card = models.JSONField()

    class Meta:
        indexes = [
            # `cards_of_page` of queries/lists/rows.py walks one of these in the order asked for and stops after a page.
            # They also hold what scopes and filters compare, so that skipped rows (page 500) are never looked up.
            models.Index(
                fields=["-in_stock", "-popularity", "-product", "category_path", "price_min", "compare_at"],
                name="listing_by_popularity",
            ),
            models.Index(
                fields=["-in_stock", "-published_at", "-product", "category_path", "price_min", "compare_at"],
                name="listing_by_date",
            ),
            models.Index(
                fields=["-in_stock", "price_min", "-product", "category_path", "compare_at"],
                name="listing_by_price_up",
            ),
            models.Index(
                fields=["-in_stock", "-price_min", "-product", "category_path", "compare_at"],
                name="listing_by_price_down",
            ),
            # Products per category in the navigation, and the counts of a small category.
            models.Index(fields=["category_path", "in_stock"], name="listing_by_category"),
        ]

    def __str__(self) -> str:
        return self.card["slug"]


class MarketListing(models.Model):
    """The prices of a listed product in a market other than the base one; a product not sold there has no row."""

    product = models.ForeignKey(Listing, models.CASCADE, related_name="markets", db_index=False)
    market = models.CharField(max_length=44)
    in_stock = models.BooleanField()
    price_min = models.BigIntegerField()
    price_max = models.BigIntegerField()
    compare_at = models.BigIntegerField(null=True)
    lowest = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "product"], name="one_market_listing_per_product")]
        indexes = [
            # The same orders as those of Listing; the others walk that table and look up here.
            models.Index(fields=["market", "-in_stock", "price_min", "-product"], name="market_listing_by_price_up"),
            models.Index(fields=["market", "-in_stock", "-price_min", "-product"], name="market_listing_by_price_down"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.market}"


class FacetValue(models.Model):
    """One value that lists can be narrowed to: colour oat, material linen. Its words are in every language."""

    facet = models.CharField(max_length=70)
    value = models.CharField(max_length=150)
    facet_label = models.JSONField()
    label = models.JSONField()
    swatch = models.CharField(max_length=7, blank=True)
    facet_position = models.IntegerField()
    position = models.IntegerField()
    # What values of the same position are ordered by: 5 cm before 40 cm.
    number = models.DecimalField(max_digits=15, decimal_places=4, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["facet", "value"], name="facet_value_is_unique")]

    def __str__(self) -> str:
        return f"{self.facet}={self.value}"


class ListingValue(models.Model):
    """A listed product has that value."""

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="values", db_index=False)
    value = models.ForeignKey(FacetValue, models.CASCADE, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["listing", "value"], name="listing_value_is_unique"),
        ]
        indexes = [
            # Counts per value walk this in order; see queries/lists/counts.py.
            models.Index(fields=["value", "listing"], name="listing_value_by_value"),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id}: {self.value_id}"


class Revision(models.Model):
    """The one row that changes whenever anything listed does, so that what was computed from it can be kept."""

    token = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.token
