"""Sales: reductions that begin and end by themselves."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.category import Brand, Category
from catalog.models.collection import Collection
from catalog.models.price_list import shop_currency
from catalog.models.product import Product
from catalog.models.variant import Variant


class Sale(models.Model):
    """A reduction of public prices for a time. Which goods it covers is asked of `catalog.actions.pricing.reach`."""

    class Kind(models.TextChoices):
        PERCENT = "percent", _("percent off")
        AMOUNT = "amount", _("an amount off")
        PRICES = "prices", _("own prices, listed below")

    name = models.CharField(_("name"), max_length=120, help_text=_("Shoppers read it beside the reduced price."))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.PERCENT)
    percent = models.PositiveSmallIntegerField(
        _("percent"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(99)]
    )
    amount = models.BigIntegerField(_("amount off each"), null=True, blank=True)
    # Of the amount only: percent reduces any currency, an amount is never converted.
    currency = models.CharField(_("currency"), max_length=3, default=shop_currency)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    shows_end = models.BooleanField(
        _("show when it ends"), default=False, help_text=_("The page of the goods says the day and hour, and counts.")
    )
    is_active = models.BooleanField(_("in use"), default=True)
    covers_everything = models.BooleanField(_("everything in the shop"), default=False)
    products = models.ManyToManyField(Product, blank=True, related_name="+", verbose_name=_("products"))
    categories = models.ManyToManyField(
        Category, blank=True, related_name="+", verbose_name=_("categories"), help_text=_("With all below them.")
    )
    brands = models.ManyToManyField(Brand, blank=True, related_name="+", verbose_name=_("brands"))
    collections = models.ManyToManyField(
        Collection,
        blank=True,
        related_name="+",
        verbose_name=_("collections"),
        help_text=_("Goods that join or leave follow. If its rule asks for prices or reductions: only picked goods."),
    )

    class Meta:
        verbose_name = _("sale")
        verbose_name_plural = _("sales")
        ordering = ["-starts_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=models.F("starts_at")),
                name="sale_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="prices")
                | models.Q(kind="percent", percent__gte=1, percent__lte=99)
                | models.Q(kind="amount", amount__gt=0),
                name="sale_says_how_much",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SalePrice(models.Model):
    """What one variant costs during the sale, in minor units of that currency."""

    sale = models.ForeignKey(Sale, models.CASCADE, related_name="prices", verbose_name=_("sale"))
    variant = models.ForeignKey(Variant, models.CASCADE, related_name="+", verbose_name=_("variant"))
    currency = models.CharField(_("currency"), max_length=3, default=shop_currency)
    price = models.BigIntegerField(_("price"))

    class Meta:
        verbose_name = _("sale price")
        verbose_name_plural = _("sale prices")
        ordering = ["variant__sku", "currency"]
        constraints = [
            models.UniqueConstraint(fields=["sale", "variant", "currency"], name="one_sale_price_per_variant"),
            models.CheckConstraint(condition=models.Q(price__gte=0), name="sale_price_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.variant} · {self.sale}"
