"""Changes of prices that another system told us, each once."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models.variant import Variant


class PriceUpdate(models.Model):
    """A change that came with a key: the same key again changes nothing.

    `amount` is in minor units of the currency, or in hundredths of a percent.
    """

    class Mode(models.TextChoices):
        SET = "set", _("set to")
        DELTA = "delta", _("change by")
        PERCENT = "percent", _("change by percent")

    key = models.CharField(_("key"), max_length=200, unique=True)
    variant = models.ForeignKey(Variant, models.CASCADE, related_name="+", verbose_name=_("variant"))
    currency = models.CharField(_("currency"), max_length=3)
    mode = models.CharField(_("mode"), max_length=7, choices=Mode.choices)
    amount = models.BigIntegerField(_("amount"))
    created_at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("price update")
        verbose_name_plural = _("price updates")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.key
