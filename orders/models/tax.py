"""What part of a price is tax: by country, region and kind of goods, from a day on."""

from datetime import date

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from catalog.models import TaxClass
from orders.kept import Kept

#: The day from which a rate holds that has no day of its own.
ALWAYS = date(2000, 1, 1)


class TaxRegion(Kept):
    """A part of a country that is taxed in its own way, such as the Canary Islands.

    An address lies in it when its postcode begins with one of `postcodes`, or its state is one of `areas`.
    """

    country = CountryField(_("country"))
    code = models.CharField(_("code"), max_length=12, unique=True, help_text=_("Such as ES-CN."))
    name = models.CharField(_("name"), max_length=80)
    postcodes = models.CharField(
        _("postcodes begin with"), max_length=1000, blank=True, help_text=_("Separated by commas: 35, 38.")
    )
    areas = models.CharField(
        _("states or provinces"),
        max_length=1000,
        blank=True,
        help_text=_("As addresses write them, separated by commas: CA, NY. For countries whose addresses name them."),
    )

    class Meta:
        verbose_name = _("tax region")
        verbose_name_plural = _("tax regions")
        ordering = ["country", "name"]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    def holds(self, postcode: str, area: str) -> bool:
        """Whether an address of its country with that postcode and that state lies in it."""
        squeezed, place = _squeezed(postcode), area.strip().casefold()
        return any(squeezed.startswith(_squeezed(start)) for start in _parts(self.postcodes)) or (
            bool(place) and place in (part.casefold() for part in _parts(self.areas))
        )


class TaxRate(Kept):
    """The rate for buyers of a country from a day on, in hundredths of a percent.

    A country without rows pays no tax (export). Rows of a region go before those of its country; a row of a region
    without a class frees everything there. The newest row whose day has come holds.
    """

    country = CountryField(_("country"))
    region = models.ForeignKey(
        TaxRegion,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="rates",
        verbose_name=_("region"),
        help_text=_("Empty: the whole country."),
    )
    tax_class = models.ForeignKey(
        TaxClass,
        models.PROTECT,
        to_field="code",
        db_column="tax_class",
        null=True,
        blank=True,
        related_name="rates",
        verbose_name=_("tax class"),
        help_text=_("Empty: everything, for a region where no tax is charged."),
    )
    rate_bp = models.PositiveIntegerField(_("rate"), help_text=_("In hundredths of a percent: 2100 is 21 %."))
    valid_from = models.DateField(
        _("valid from"),
        default=ALWAYS,
        help_text=_("Empty: always. A change of law: add a row with its day instead of changing this one."),
    )

    class Meta:
        verbose_name = _("tax rate")
        verbose_name_plural = _("tax rates")
        ordering = ["country", "region", "tax_class", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                "country",
                Coalesce("region", 0),
                Coalesce("tax_class", models.Value("")),
                "valid_from",
                name="one_tax_rate_for_each_case_and_day",
                violation_error_message=_("There is a rate for this country, region, class and day already."),
            ),
            models.CheckConstraint(condition=models.Q(rate_bp__lte=10_000), name="tax_rate_is_sensible"),
            models.CheckConstraint(
                condition=models.Q(tax_class__isnull=False) | models.Q(region__isnull=False, rate_bp=0),
                name="tax_rate_for_everything_frees_a_region",
                violation_error_message=_("Only for a region, and only at 0 %, may the class be left out."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region or self.country} {self.tax_class or ''}: {self.rate_bp / 100:g} %"

    @property
    def is_dated(self) -> bool:
        return self.valid_from != ALWAYS


def _parts(text: str) -> list[str]:
    return [part for each in text.split(",") if (part := each.strip())]


def _squeezed(postcode: str) -> str:
    return "".join(sign for sign in postcode.upper() if sign.isalnum())
