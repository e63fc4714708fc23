"""Price lists: prices in another currency, for a customer group, for larger quantities, or for a time."""

from django.conf import settings
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.variant import Variant


def shop_currency() -> str:
    return settings.SHOP_CURRENCY


class PriceList(models.Model):
    """A list of prices with what they hold for. Of several lists with a price for a variant the first one counts:
    the higher priority, else the newer list.

    A group is named by its code: customers are not known here. A member of a group pays the group's price or the
    public one, whichever is lower.
    """

    name = models.CharField(_("name"), max_length=120, unique=True)
    currency = models.CharField(
        _("currency"),
        max_length=3,
        default=shop_currency,
        validators=[RegexValidator(r"^[A-Z]{3}$", _("Three capital letters, such as USD."))],
    )
    group = models.CharField(_("customer group"), max_length=40, blank=True, default="")
    priority = models.SmallIntegerField(
        _("priority"), default=0, help_text=_("Where lists overlap the highest counts.")
    )
    starts_at = models.DateTimeField(_("from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("price list")
        verbose_name_plural = _("price lists")
        ordering = ["currency", "group", "-priority", "name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_at__isnull=True)
                | models.Q(ends_at__isnull=True)
                | models.Q(ends_at__gt=models.F("starts_at")),
                name="price_list_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ListPrice(models.Model):
    """What a variant costs by this list, from so many pieces on. Minor units of the list's currency, tax included."""

    price_list = models.ForeignKey(PriceList, models.CASCADE, related_name="prices", verbose_name=_("price list"))
    variant = models.ForeignKey(Variant, models.CASCADE, related_name="list_prices", verbose_name=_("variant"))
    from_quantity = models.PositiveIntegerField(_("from pieces"), default=1, validators=[MinValueValidator(1)])
    price = models.BigIntegerField(_("price"), help_text=_("Each, including tax."))

    class Meta:
        verbose_name = _("list price")
        verbose_name_plural = _("list prices")
        ordering = ["variant__sku", "from_quantity"]
        constraints = [
            models.UniqueConstraint(
                fields=["variant", "price_list", "from_quantity"], name="one_list_price_per_variant_and_quantity"
            ),
            models.CheckConstraint(condition=models.Q(price__gte=0), name="list_price_is_not_negative"),
            models.CheckConstraint(condition=models.Q(from_quantity__gte=1), name="list_price_is_for_a_piece_or_more"),
        ]

    def __str__(self) -> str:
        return f"{self.variant} · {self.from_quantity}+"
