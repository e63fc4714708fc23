"""Counting what really lies at a place."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models.location import Location
from catalog.models.variant import Variant


class StockTake(models.Model):
    """A count of one place; at most one is open there. Nothing changes in the books until it is finished."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        FINISHED = "finished", _("finished")
        ABANDONED = "abandoned", _("abandoned")

    location = models.ForeignKey(Location, models.PROTECT, related_name="+", verbose_name=_("location"))
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.OPEN)
    started_by = models.CharField(_("by"), max_length=254, blank=True)
    started_at = models.DateTimeField(_("begun"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("stock-take")
        verbose_name_plural = _("stock-takes")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["location"], condition=models.Q(status="open"), name="one_open_stock_take_per_location"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["open", "finished", "abandoned"]), name="stock_take_status_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.location} · {self.started_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN


class StockTakeLine(models.Model):
    """What was counted of one variant. `expected` is what the books said when it was counted last.

    `was` is what they said at first: when it differs, pieces came or went during the count. `posted` is the difference
    that went into the ledger; None where nothing was to post, or it was refused.
    """

    take = models.ForeignKey(StockTake, models.CASCADE, related_name="lines", verbose_name=_("stock-take"))
    variant = models.ForeignKey(Variant, models.CASCADE, related_name="+", verbose_name=_("variant"))
    counted = models.PositiveIntegerField(_("counted"), default=0)
    expected = models.IntegerField(_("expected"), default=0)
    was = models.IntegerField(_("expected at first"), default=0)
    posted = models.IntegerField(_("booked"), null=True, blank=True)
    refused = models.CharField(_("not booked"), max_length=200, blank=True)
    counted_at = models.DateTimeField(_("counted at"), default=timezone.now)

    class Meta:
        verbose_name = _("counted line")
        verbose_name_plural = _("counted lines")
        ordering = ["-counted_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["take", "variant"], name="one_count_per_variant")]

    def __str__(self) -> str:
        return f"{self.counted} × {self.variant}"

    @property
    def difference(self) -> int:
        return self.counted - self.expected

    @property
    def moved_meanwhile(self) -> bool:
        """Pieces came or went between the first and the last time it was counted: better count again."""
        return self.expected != self.was
