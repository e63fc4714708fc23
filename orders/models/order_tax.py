"""The tax of an order by country and rate, as it was on that day."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from orders.models.order import Order, adds_up


class OrderTax(models.Model):
    """What of an order, delivery included, was taxed at a rate. All rows of an order together are its totals."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="taxes", verbose_name=_("order"))
    country = CountryField(_("country"))
    rate_bp = models.PositiveIntegerField(_("tax rate"), help_text=_("In hundredths of a percent."))
    net = models.BigIntegerField(_("net"))
    tax = models.BigIntegerField(_("tax"))
    gross = models.BigIntegerField(_("sum"))

    class Meta:
        verbose_name = _("tax of an order")
        verbose_name_plural = _("taxes of an order")
        ordering = ["country", "-rate_bp"]
        constraints = [
            models.UniqueConstraint(fields=["order", "country", "rate_bp"], name="one_order_tax_per_country_and_rate"),
            models.CheckConstraint(condition=adds_up("net", "tax", "gross"), name="order_tax_adds_up"),
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.rate_bp / 100:g} %"
