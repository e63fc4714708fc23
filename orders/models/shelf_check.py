"""Whether the books agree with themselves."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ShelfCheck(models.Model):
    """A comparison of every stock level with its ledger and with what orders hold.

    `drifts` name what did not agree: [{"sku", "place", "what": "ledger" or "holds", "stored", "counted"}].
    """

    checked_at = models.DateTimeField(_("checked"), default=timezone.now)
    levels = models.PositiveIntegerField(_("levels"), default=0)
    drifts = models.JSONField(_("what did not agree"), default=list, blank=True)
    mended = models.BooleanField(_("mended"), default=False)

    class Meta:
        verbose_name = _("check of the stock books")
        verbose_name_plural = _("checks of the stock books")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.checked_at:%Y-%m-%d %H:%M}"
