"""What a buyer tells us about a piece before it is made or packed: an engraving, a length, words for a card."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product


class Personalisation(models.Model):
    """Something a product asks its buyer. The answer is part of the line: other words make another line.

    `price` is in minor units of SHOP_CURRENCY, tax included, for each piece with an answer (for yes/no: with yes);
    `prices` says the same in other currencies, such as {"USD": 900}.
    """

    class Kind(models.TextChoices):
        TEXT = "text", _("a line of words")
        LONG = "long", _("a longer text")
        NUMBER = "number", _("a number or measure")
        CHOICE = "choice", _("one of a list")
        TICK = "tick", _("yes or no")
        DATE = "date", _("a day")

    class Role(models.TextChoices):
        """What the till does with an answer, beside showing it."""

        NONE = "", _("nothing more")
        RECEIVER = "receiver", _("the e-mail address a gift card goes to")
        GREETING = "greeting", _("the words that go with a gift card")
        SEND_ON = "send_on", _("the day a gift card is sent")

    product = models.ForeignKey(Product, models.CASCADE, related_name="personalisations", verbose_name=_("product"))
    kind = models.CharField(_("answered with"), max_length=8, choices=Kind.choices, default=Kind.TEXT)
    role = models.CharField(_("is used as"), max_length=8, choices=Role.choices, default=Role.NONE, blank=True)
    label = models.CharField(_("question"), max_length=80, help_text=_("Such as “Name to engrave”."))
    hint = models.CharField(_("hint under it"), max_length=200, blank=True)
    choices = models.TextField(_("list to choose from"), max_length=2000, blank=True, help_text=_("One on each line."))
    unit = models.CharField(_("unit"), max_length=12, blank=True, help_text=_("For a number, such as cm."))
    is_required = models.BooleanField(_("must be answered"), default=False)
    least = models.DecimalField(
        _("least"),
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("The smallest number; for a day: how many days from today at the earliest."),
    )
    most = models.DecimalField(
        _("most"),
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("The largest number; for words: how many characters; for a day: days from today at the latest."),
    )
    step = models.DecimalField(
        _("in steps of"),
        max_digits=6,
        decimal_places=2,
        default=Decimal(1),
        help_text=_("For a number: 1 takes whole ones, 0.5 halves too."),
    )
    price = models.BigIntegerField(_("adds to the price"), default=0, help_text=_("For each piece, including tax."))
    prices = models.JSONField(default=dict, blank=True, editable=False)
    excludes_return = models.BooleanField(
        _("makes it personal"),
        default=True,
        help_text=_("A piece made to these words cannot be returned. Untick it for a gift card and the like."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("personalisation")
        verbose_name_plural = _("personalisations")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(price__gte=0), name="personalisation_price_is_not_negative"),
            models.CheckConstraint(condition=models.Q(step__gt=0), name="personalisation_step_goes_forward"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["text", "long", "number", "choice", "tick", "date"]),
                name="personalisation_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def price_in(self, currency: str) -> int | None:
        """What it adds in that currency, in minor units; None where the merchant has not said: nothing is converted."""
        return self.price if not self.price or currency == settings.SHOP_CURRENCY else self.prices.get(currency)
