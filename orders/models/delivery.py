"""Ways to deliver, and the days on which nobody does."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from orders.kept import Kept


class DeliveryMethod(Kept):
    """A way to send a parcel: what it costs and when it arrives. Money in minor units, tax included."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    carrier = models.CharField(_("carrier"), max_length=80, blank=True)
    tracking_url = models.CharField(
        _("tracking address"),
        max_length=200,
        blank=True,
        help_text=_("With {number} where the tracking number goes."),
    )
    countries = CountryField(_("delivers to"), multiple=True, blank=True, help_text=_("Empty: everywhere."))
    price = models.BigIntegerField(_("price"))
    free_from = models.BigIntegerField(_("free from"), null=True, blank=True, help_text=_("Value of the goods."))
    handling_days = models.PositiveSmallIntegerField(_("working days to pack"), default=1)
    min_days = models.PositiveSmallIntegerField(_("working days on the way, at least"), default=1)
    max_days = models.PositiveSmallIntegerField(_("working days on the way, at most"), default=3)
    cutoff_hour = models.PositiveSmallIntegerField(
        _("order by (hour)"), default=14, help_text=_("Later orders are packed on the next working day.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("delivery method")
        verbose_name_plural = _("delivery methods")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(price__gte=0), name="delivery_price_is_not_negative"),
            models.CheckConstraint(
                condition=models.Q(max_days__gte=models.F("min_days")), name="delivery_days_are_a_range"
            ),
            models.CheckConstraint(condition=models.Q(cutoff_hour__lte=24), name="delivery_cutoff_is_an_hour"),
        ]

    def __str__(self) -> str:
        return self.name


class DeliveryPrice(Kept):
    """What the method costs in another currency. Without such a row it is not offered in that currency."""

    method = models.ForeignKey(DeliveryMethod, models.CASCADE, related_name="prices", verbose_name=_("delivery method"))
    currency = models.CharField(_("currency"), max_length=3)
    price = models.BigIntegerField(_("price"))
    free_from = models.BigIntegerField(_("free from"), null=True, blank=True, help_text=_("Value of the goods."))

    class Meta:
        verbose_name = _("price in another currency")
        verbose_name_plural = _("prices in other currencies")
        ordering = ["currency"]
        constraints = [
            models.UniqueConstraint(fields=["method", "currency"], name="one_delivery_price_per_currency"),
            models.CheckConstraint(condition=models.Q(price__gte=0), name="delivery_price_abroad_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.method} · {self.currency}"


class ClosedDay(Kept):
    """A day, beside Saturdays and Sundays, on which nothing is packed or delivered."""

    day = models.DateField(_("day"), unique=True)
    name = models.CharField(_("name"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("closed day")
        verbose_name_plural = _("closed days")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
