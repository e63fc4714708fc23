"""By what the shop measures its buyers this night."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Measures(models.Model):
    """Worked out every night from all buyers (`marketing.actions.standing`); the newest row counts."""

    buyers = models.PositiveIntegerField(_("buyers"), default=0)
    # Too few buyers to learn from: the days below are the fixed ones.
    is_fixed = models.BooleanField(_("fixed days"), default=True)
    # So many days without an order, and somebody is at risk, or lapsed.
    risk_days = models.PositiveIntegerField(_("at risk after days"))
    lapse_days = models.PositiveIntegerField(_("lapsed after days"))
    # Minor units of the shop's currency in a year: from so much on somebody belongs to the best twentieth.
    vip_from = models.BigIntegerField(_("VIP from"), null=True, blank=True)
    # The four borders between the fifths, from the least: days since the last order, orders, money.
    recency = models.JSONField(default=list, editable=False)
    frequency = models.JSONField(default=list, editable=False)
    money = models.JSONField(default=list, editable=False)
    made_at = models.DateTimeField(_("worked out"), default=timezone.now)

    class Meta:
        verbose_name = _("measures of buyers")
        verbose_name_plural = _("measures of buyers")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"
