"""Who signs our post: the shop's own name and address.

It lies on the lowest floor because a letter needs it first; invoices, mails and pages above all read it here.
"""

from django.core.cache import cache
from django.db import models
from django.utils.translation import gettext_lazy as _

CACHE_KEY = "shop-details"


class ShopDetails(models.Model):
    """One row: the merchant's name, address and ways to be reached, and how he reckons tax."""

    class Rounding(models.TextChoices):
        LINE = "line", _("in each row")
        NET = "net", _("once per rate, from the sum without tax; the total may move by cents")
        GROSS = "gross", _("once per rate, and what a customer pays stays as shown")

    class DeliveryTax(models.TextChoices):
        STANDARD = "standard", _("the standard rate")
        GOODS = "goods", _("the rates of the goods, in proportion to their sums")

    name = models.CharField(_("name of the shop"), max_length=80, default="Vitrina")
    tagline = models.CharField(_("one sentence that says what is sold"), max_length=160, blank=True)
    legal_name = models.CharField(_("legal name"), max_length=160, blank=True)
    address = models.TextField(_("address"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=40, blank=True)
    prices_include_tax = models.BooleanField(
        _("prices contain tax"),
        default=True,
        help_text=_("Not ticked: you type prices without tax, shoppers see them so, and tax is added in the cart."),
    )
    tax_rounding = models.CharField(_("tax is rounded"), max_length=8, choices=Rounding.choices, default=Rounding.LINE)
    delivery_tax = models.CharField(
        _("delivery is taxed at"), max_length=8, choices=DeliveryTax.choices, default=DeliveryTax.STANDARD
    )
    taxes_at_home = models.BooleanField(
        _("other countries of the EU pay the tax of ours"),
        default=False,
        help_text=_("For sellers below 10,000 € a year of sales to consumers in other countries of the EU."),
    )
    gift_card_years = models.PositiveSmallIntegerField(
        _("years that a gift card is valid"), default=0, help_text=_("0: for ever. Holds for cards sold from now on.")
    )

    supplement_days = models.PositiveSmallIntegerField(
        _("days to pay for what is added to an order"),
        default=7,
        help_text=_("Then what was added to a paid order, and is not paid itself, is taken out again."),
    )

    # Steps of an order that its buyer is told of by text, if he asks for it; only with a provider of texts.
    TEXT_STEPS = ("placed", "sent", "ready", "late")
    text_placed = models.BooleanField(_("when the order is placed"), default=False)
    text_sent = models.BooleanField(
        _("when a parcel is sent"), default=False, help_text=_("With the link to follow it, if the carrier has one.")
    )
    text_ready = models.BooleanField(_("when it is ready to be picked up"), default=False)
    text_late = models.BooleanField(
        _("when it is late"),
        default=False,
        help_text=_("Once, on the morning after the promised day, as long as nothing has been sent."),
    )

    class Meta:
        verbose_name = _("shop details")
        verbose_name_plural = _("shop details")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_row_of_shop_details")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.pk = 1
        super().save(*args, **kwargs)
        cache.delete(CACHE_KEY)

    @classmethod
    def current(cls) -> "ShopDetails":
        """The merchant's row, or honest defaults before there is one. Kept for a minute: every page asks."""
        details = cache.get(CACHE_KEY)
        if details is None:
            details = cls.objects.first() or cls()
            cache.set(CACHE_KEY, details, 60)
        return details
