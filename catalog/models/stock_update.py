"""Changes of stock that another system told us, each once."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models.stock import StockLevel


class StockUpdate(models.Model):
    """A change that came with a key: the same key again changes nothing."""

    class Mode(models.TextChoices):
        SET = "set", _("set to")
        DELTA = "delta", _("change by")

    key = models.CharField(_("key"), max_length=200, unique=True)
    level = models.ForeignKey(StockLevel, models.CASCADE, related_name="+", verbose_name=_("stock level"))
    mode = models.CharField(_("mode"), max_length=5, choices=Mode.choices)
    quantity = models.IntegerField(_("quantity"))
    on_hand_after = models.IntegerField(_("on hand afterwards"), default=0)
    created_at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("stock update")
        verbose_name_plural = _("stock updates")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.key
