"""What a variant costs, worked out ahead; and what it has cost, never changed.

Both are written only by `catalog.actions.pricing`.
"""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.models.sale import Sale
from catalog.models.variant import Variant
from catalog.money import format_minor


class EffectivePrice(models.Model):
    """The price in one market, from so many pieces on, within a span of time.

    The coming spans stand here before they begin, so that a late clock never makes a price last longer than it was
    meant to. A variant that simply costs what it says has no rows in the base market; `catalog.queries.prices` knows.
    """

    variant = models.ForeignKey(
        Variant, models.CASCADE, related_name="effective_prices", db_index=False, verbose_name=_("variant")
    )
    market = models.CharField(max_length=44)
    from_quantity = models.PositiveIntegerField()
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)
    price = models.BigIntegerField()
    compare_at = models.BigIntegerField(null=True)
    # The lowest price of the 30 days before the reduction began; see catalog/pricing/reductions.py.
    lowest = models.BigIntegerField(null=True)
    sale = models.ForeignKey(Sale, models.CASCADE, null=True, related_name="+")
    # Only set when the price is higher afterwards: then a page may count down to `valid_until`.
    shows_end = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["variant", "market", "from_quantity", "valid_from"], name="one_effective_price_at_a_time"
            ),
            models.CheckConstraint(condition=models.Q(price__gte=0), name="effective_price_is_not_negative"),
        ]
        indexes = [
            # The clock asks what has begun or ended: `due` in catalog/actions/price_clock.py.
            models.Index(fields=["valid_from"], name="effective_price_begins"),
            models.Index(fields=["valid_until"], name="effective_price_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.variant_id} {self.market} {self.from_quantity}+ {self.price}"


class HistoryIsKept(Exception):
    """Somebody wanted to change or delete what was."""


class PriceChangeQuerySet(models.QuerySet):
    def update(self, **kwargs) -> int:
        raise HistoryIsKept

    def delete(self) -> tuple:
        raise HistoryIsKept


class PriceChange(models.Model):
    """From `at` on, everybody paid this price in this currency. Only ever added to: the law wants it known.

    Directive 98/6/EC, article 6a (as of 2022): a reduction is announced with the lowest price of the 30 days before it.
    """

    class Reason(models.TextChoices):
        SET = "set", _("set by staff")
        IMPORTED = "imported", _("import")
        BULK = "bulk", _("changed for many goods at once")
        LIST = "list", _("price list")
        SALE = "sale", _("sale began")
        SALE_OVER = "sale_over", _("sale ended")
        NOTICED = "noticed", _("found by the clock")

    # The row outlives its variant: then only the SKU says what it was.
    variant = models.ForeignKey(
        Variant, models.DO_NOTHING, db_constraint=False, related_name="price_changes", verbose_name=_("variant")
    )
    sku = models.CharField(_("SKU"), max_length=80)
    currency = models.CharField(_("currency"), max_length=3)
    price = models.BigIntegerField(_("price"))
    compare_at = models.BigIntegerField(_("price before"), null=True)
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    note = models.CharField(_("note"), max_length=200, blank=True)
    actor = models.CharField(_("by"), max_length=254, blank=True)
    at = models.DateTimeField(_("at"), db_index=True)

    objects = PriceChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("price change")
        verbose_name_plural = _("price history")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["variant", "currency", "at"], name="price_change_by_variant")]

    def __str__(self) -> str:
        return f"{self.sku} · {format_minor(self.price, self.currency, get_language() or 'en')}"

    def save(self, *args, **kwargs) -> None:
        if self.pk is not None:
            raise HistoryIsKept
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs) -> tuple:
        raise HistoryIsKept
