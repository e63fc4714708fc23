"""Who used which promotion. Written only by `orders.actions.promotions`."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from orders.models.order import Order
from orders.models.promotion import Promotion


class PromotionUse(models.Model):
    """One promotion in one order, as it was on that day. Released when the order is called off."""

    promotion = models.ForeignKey(Promotion, models.PROTECT, related_name="uses", verbose_name=_("promotion"))
    order = models.ForeignKey(Order, models.CASCADE, related_name="promotions", verbose_name=_("order"))
    # In the language of the order, as the buyer read it.
    name = models.CharField(_("name"), max_length=120)
    code = models.CharField(_("code"), max_length=40, blank=True, default="")
    code_key = models.CharField(max_length=40, blank=True, default="", db_index=True, editable=False)
    # Minor units of the currency: all that it took off, and what of that was delivery.
    amount = models.BigIntegerField(_("taken off"))
    delivery_amount = models.BigIntegerField(_("of it delivery"), default=0)
    currency = models.CharField(_("currency"), max_length=3)
    # What it took off each line of the order: [[line, amount]].
    parts = models.JSONField(_("by line"), default=list)
    email = models.EmailField(_("e-mail"))
    customer = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("customer")
    )
    day = models.DateField(_("day"))
    created_at = models.DateTimeField(_("used"), default=timezone.now)
    released_at = models.DateTimeField(_("given back"), null=True, blank=True)

    class Meta:
        verbose_name = _("use of a promotion")
        verbose_name_plural = _("uses of promotions")
        ordering = ["id"]
        indexes = [
            # How often it was used: in all, on a day, by one buyer.
            models.Index(fields=["promotion", "released_at", "day"], name="promotion_use_by_day"),
            models.Index(fields=["promotion", "email"], name="promotion_use_by_buyer"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["promotion", "order"], name="promotion_is_used_once_in_an_order"),
            models.CheckConstraint(
                condition=models.Q(amount__gte=0, delivery_amount__gte=0, delivery_amount__lte=models.F("amount")),
                name="promotion_use_takes_something_off",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def goods_amount(self) -> int:
        """What it took off the goods."""
        return self.amount - self.delivery_amount


class PromotionTally(models.Model):
    """How much of a limit is used up: a row for each limit that is counted, moved by conditional updates.

    `key` says what is counted: `all`, `day:2026-03-02`, `money:EUR`, `code:SPRING`, or a buyer in a hash.
    """

    promotion = models.ForeignKey(Promotion, models.CASCADE, related_name="tallies")
    key = models.CharField(max_length=80)
    used = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("tally of a promotion")
        verbose_name_plural = _("tallies of promotions")
        constraints = [
            models.UniqueConstraint(fields=["promotion", "key"], name="one_tally_per_limit_of_a_promotion"),
            models.CheckConstraint(condition=models.Q(used__gte=0), name="promotion_tally_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.promotion_id} {self.key}: {self.used}"
