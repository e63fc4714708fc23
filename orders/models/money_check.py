"""Whether our books of money agree with the provider's, and with themselves."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MoneyCheck(models.Model):
    """A comparison of payments with what Stripe knows, and of sums with their ledgers.

    `drifts` name what did not agree: [{"what", "name", "order", "payment", "ours", "theirs", "currency"}]; amounts are
    minor units. `asked` is false when Stripe could not be asked, or is not used.
    """

    checked_at = models.DateTimeField(_("checked"), default=timezone.now)
    payments = models.PositiveIntegerField(_("payments"), default=0)
    asked = models.BooleanField(_("asked Stripe"), default=False)
    drifts = models.JSONField(_("what did not agree"), default=list, blank=True)
    mended = models.PositiveIntegerField(_("mended"), default=0)

    class Meta:
        verbose_name = _("check of the money")
        verbose_name_plural = _("checks of the money")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.checked_at:%Y-%m-%d %H:%M}"
