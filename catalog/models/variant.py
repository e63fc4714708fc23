"""The variant: what is bought. It has an SKU, a price and a place on the shelf."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.attribute import OptionValue
from catalog.models.personalisation import Personalisation
from catalog.models.product import Product
from catalog.money import Money


class VariantQuerySet(models.QuerySet):
    def for_sale(self) -> "VariantQuerySet":
        """What may be put in a cart, whether or not it is in stock."""
        return self.filter(is_active=True, product__status=Product.Status.PUBLISHED)

    def for_cart(self) -> "VariantQuerySet":
        """With the product, and `asks`: whether the product asks its buyers something."""
        asked = Personalisation.objects.filter(product=models.OuterRef("product"))
        return self.select_related("product").annotate(asks=models.Exists(asked))


class Variant(models.Model):
    """One purchasable form of a product. `price` is in minor units of SHOP_CURRENCY and includes tax."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="variants", verbose_name=_("product"))
    sku = models.CharField(_("SKU"), max_length=80, unique=True)
    barcode = models.CharField(_("barcode"), max_length=40, blank=True)
    values = models.ManyToManyField(OptionValue, blank=True, related_name="variants", verbose_name=_("option values"))
    # "colour:oat|size:l", sorted by axis: lets the database refuse the same combination twice.
    combination = models.CharField(_("combination"), max_length=255, blank=True, default="")
    price = models.BigIntegerField(_("price"), help_text=_("Including tax."))
    compare_at_price = models.BigIntegerField(_("price before"), null=True, blank=True)
    # For staff only, and only for those who may see it: what a piece costs us, without tax.
    cost = models.BigIntegerField(_("cost"), null=True, blank=True, help_text=_("What one costs you, without tax."))
    tracks_stock = models.BooleanField(_("counts stock"), default=True)
    # Until that day it is a pre-order: sold, and not sent before.
    released_on = models.DateField(
        _("comes out on"), null=True, blank=True, help_text=_("Before that day it can be pre-ordered and is not sent.")
    )
    low_stock_at = models.PositiveIntegerField(
        _("low from"), null=True, blank=True, help_text=_("Tell me when so few are left. Empty: from 3 pieces.")
    )
    weight_g = models.PositiveIntegerField(_("weight in grams"), default=0)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("for sale"), default=True)

    objects = VariantQuerySet.as_manager()

    class Meta:
        verbose_name = _("variant")
        verbose_name_plural = _("variants")
        ordering = ["position", "id"]
        permissions = [("view_cost", "Can see costs and margins")]
        # Scanners and searches look for it.
        indexes = [models.Index(fields=["barcode"], name="variant_by_barcode")]
        constraints = [
            models.UniqueConstraint(fields=["product", "combination"], name="variant_combination_is_unique"),
            models.CheckConstraint(condition=models.Q(price__gte=0), name="variant_price_is_not_negative"),
            models.CheckConstraint(
                condition=models.Q(compare_at_price__isnull=True) | models.Q(compare_at_price__gt=models.F("price")),
                name="variant_price_before_is_higher",
            ),
            models.CheckConstraint(
                condition=models.Q(cost__isnull=True) | models.Q(cost__gte=0), name="variant_cost_is_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.sku

    def is_pre_order(self, today: date) -> bool:
        return self.released_on is not None and self.released_on > today

    @property
    def money(self) -> Money:
        return Money(self.price, settings.SHOP_CURRENCY)

    @property
    def on_sale(self) -> bool:
        return self.compare_at_price is not None
