"""What part of a price is tax, by country and kind of goods."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from catalog.models import Product


class TaxRate(models.Model):
    """The rate contained in prices for buyers of a country; a country without a row pays no tax (export)."""

    country = CountryField(_("country"))
    tax_class = models.CharField(_("kind of goods"), max_length=10, choices=Product.TaxClass.choices)
    rate_bp = models.PositiveIntegerField(_("rate"), help_text=_("In hundredths of a percent: 2100 is 21 %."))

    class Meta:
        verbose_name = _("tax rate")
        verbose_name_plural = _("tax rates")
        ordering = ["country", "tax_class"]
        constraints = [
            models.UniqueConstraint(fields=["country", "tax_class"], name="one_tax_rate_per_country_and_class"),
            models.CheckConstraint(condition=models.Q(rate_bp__lte=10_000), name="tax_rate_is_sensible"),
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.get_tax_class_display()}: {self.rate_bp / 100:g} %"
