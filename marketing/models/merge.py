"""Which profiles turned out to be one person, who said so, and what it moved."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from marketing.models.profile import Profile

REVERSIBLE_FOR = timedelta(days=30)


class ProfileMerge(models.Model):
    """`gone` was taken into `kept`. `moved` names the rows, so that they find their way back."""

    kept = models.ForeignKey(Profile, models.CASCADE, related_name="merges", verbose_name=_("kept"))
    gone = models.ForeignKey(Profile, models.CASCADE, related_name="+", verbose_name=_("taken in"))
    reason = models.CharField(_("why"), max_length=80)
    actor = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by whom")
    )
    moved = models.JSONField(default=dict, editable=False)
    merged_at = models.DateTimeField(_("merged"), default=timezone.now)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("merge of profiles")
        verbose_name_plural = _("merges of profiles")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(kept=models.F("gone")), name="merge_is_of_two"),
            models.UniqueConstraint(fields=["gone"], condition=models.Q(undone_at=None), name="profile_is_merged_once"),
        ]

    def __str__(self) -> str:
        return f"{self.gone_id} → {self.kept_id}"
