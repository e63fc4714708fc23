"""Ways to deliver, what they cost where, and the days on which nobody does."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from catalog.models import Category, Product, ProductType
from catalog.models.location import WORKDAYS
from orders.kept import Kept
from orders.models.zone import DeliveryZone


class DeliveryMethod(Kept):
    """A way to send a parcel: what it costs and when it arrives. Money in minor units, tax included.

    `price` and `free_from` hold in `countries` and in the shop's currency, where no row of `prices` says otherwise.
    """

    class Kind(models.TextChoices):
        PARCEL = "parcel", _("parcel to an address")
        PICKUP = "pickup", _("pick-up in a shop")
        POINT = "point", _("pick-up point of a carrier")

    class Counts(models.TextChoices):
        VALUE = "value", _("value of the goods")
        WEIGHT = "weight", _("weight")
        PIECES = "pieces", _("number of pieces")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    kind = models.CharField(
        _("kind"),
        max_length=8,
        choices=Kind.choices,
        default=Kind.PARCEL,
        help_text=_(
            "Pick-up is offered in every location where it is ticked; points are those of the carrier below, from the"
            " list that you send."
        ),
    )
    name = models.CharField(_("name"), max_length=120)
    carrier = models.CharField(_("carrier"), max_length=80, blank=True)
    tracking_url = models.CharField(
        _("tracking address"),
        max_length=200,
        blank=True,
        help_text=_("With {number} where the tracking number goes."),
    )
    countries = CountryField(
        _("delivers to"),
        multiple=True,
        blank=True,
        help_text=_("At the price below. Empty: everywhere, or if there are prices for zones, only there."),
    )
    price = models.BigIntegerField(_("price"))
    free_from = models.BigIntegerField(_("free from"), null=True, blank=True, help_text=_("Value of the goods."))
    counts = models.CharField(
        _("prices depend on"),
        max_length=6,
        choices=Counts.choices,
        default=Counts.WEIGHT,
        help_text=_("What “up to” counts in the prices below."),
    )
    heaviest_g = models.PositiveIntegerField(
        _("heaviest parcel"), null=True, blank=True, help_text=_("In grams. Empty: any weight.")
    )
    excluded_products = models.ManyToManyField(
        Product, blank=True, related_name="+", verbose_name=_("not for products")
    )
    excluded_types = models.ManyToManyField(
        ProductType, blank=True, related_name="+", verbose_name=_("not for product types")
    )
    excluded_categories = models.ManyToManyField(
        Category, blank=True, related_name="+", verbose_name=_("not for categories")
    )
    handling_days = models.PositiveSmallIntegerField(_("working days to pack"), default=1)
    min_days = models.PositiveSmallIntegerField(_("working days on the way, at least"), default=1)
    max_days = models.PositiveSmallIntegerField(_("working days on the way, at most"), default=3)
    weekdays = models.CharField(_("the carrier works on"), max_length=7, default=WORKDAYS)
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
            models.CheckConstraint(condition=~models.Q(weekdays=""), name="delivery_carrier_works_some_day"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.kind == self.Kind.POINT and not self.carrier.strip():
            raise ValidationError({"carrier": _("Whose points? Write the carrier as it stands in their list.")})


class DeliveryPrice(Kept):
    """A price of the method that differs: in a zone, up to a weight, value or number, or in another currency.

    Rows of one zone and currency are brackets: the first whose `up_to` (grams, minor units or pieces) is not exceeded
    holds, the one without is for all above. Beyond the last it is not offered, nor in a currency without a row.
    """

    method = models.ForeignKey(DeliveryMethod, models.CASCADE, related_name="prices", verbose_name=_("delivery method"))
    zone = models.ForeignKey(
        DeliveryZone,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="prices",
        verbose_name=_("zone"),
        help_text=_("Empty: the countries above."),
    )
    currency = models.CharField(_("currency"), max_length=3)
    up_to = models.BigIntegerField(_("up to"), null=True, blank=True)
    price = models.BigIntegerField(_("price"), null=True, blank=True, help_text=_("Empty: it does not go there."))
    free_from = models.BigIntegerField(_("free from"), null=True, blank=True, help_text=_("Value of the goods."))

    class Meta:
        verbose_name = _("price that differs")
        verbose_name_plural = _("prices that differ")
        ordering = ["zone__position", "zone", "currency", models.F("up_to").asc(nulls_last=True)]
        constraints = [
            models.UniqueConstraint(
                "method",
                Coalesce("zone", 0),
                "currency",
                Coalesce("up_to", -1),
                name="one_delivery_price_for_each_case",
                violation_error_message=_("There is a price for this zone, currency and limit already."),
            ),
            models.CheckConstraint(condition=models.Q(price__gte=0), name="delivery_price_abroad_is_not_negative"),
            models.CheckConstraint(
                condition=models.Q(price__isnull=False) | models.Q(zone__isnull=False),
                name="delivery_without_price_names_a_zone",
                violation_error_message=_("Only for a zone may the price be left out."),
            ),
            models.CheckConstraint(condition=models.Q(up_to__gte=0), name="delivery_limit_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.method} · {self.zone or ''} {self.currency}"


class ClosedDay(Kept):
    """A day beside the weekend on which nothing is packed or delivered; with a country, a holiday there."""

    day = models.DateField(_("day"))
    country = CountryField(
        _("country"),
        blank=True,
        help_text=_("Empty: we are closed. A country: nothing is delivered there, and in our own nothing is packed."),
    )
    name = models.CharField(_("name"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("closed day")
        verbose_name_plural = _("closed days")
        ordering = ["day", "country"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "country"],
                name="one_closed_day_for_each_country",
                violation_error_message=_("This day is in the list already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
