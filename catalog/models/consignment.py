"""Goods on their way to one of our places: from a supplier, or from another place of ours."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models.location import Location
from catalog.models.variant import Variant


class Consignment(models.Model):
    """What is expected somewhere. Without a `source` it comes from a supplier. State moves in `catalog.actions`."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        UNDER_WAY = "under_way", _("on its way")
        RECEIVED = "received", _("received")
        CANCELLED = "cancelled", _("called off")

    source = models.ForeignKey(
        Location,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("from our place"),
        help_text=_("Empty: it comes from a supplier."),
    )
    supplier = models.CharField(_("supplier"), max_length=120, blank=True)
    destination = models.ForeignKey(Location, models.PROTECT, related_name="+", verbose_name=_("to"))
    document = models.CharField(
        _("document"), max_length=80, blank=True, help_text=_("Such as the number of the delivery note.")
    )
    expected_on = models.DateField(_("expected on"), null=True, blank=True, help_text=_("Shoppers may read this day."))
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    note = models.CharField(_("note"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("consignment")
        verbose_name_plural = _("goods on their way")
        ordering = ["-id"]
        # For the morning: what is on its way, by day.
        indexes = [models.Index(fields=["status", "expected_on"], name="consignment_expected")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["draft", "under_way", "received", "cancelled"]),
                name="consignment_status_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(source__isnull=True) | ~models.Q(source=models.F("destination")),
                name="consignment_goes_somewhere_else",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.source or self.supplier or _('supplier')} → {self.destination}"

    @property
    def is_transfer(self) -> bool:
        return self.source_id is not None

    @property
    def code(self) -> str:
        """What the ledger calls it when it has no document: T12 for a transfer, D12 for a delivery."""
        return self.document or f"{'T' if self.is_transfer else 'D'}{self.pk or ''}"


class ConsignmentLine(models.Model):
    """So many pieces of a variant, and how many of them have come."""

    consignment = models.ForeignKey(Consignment, models.CASCADE, related_name="lines", verbose_name=_("consignment"))
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="+", verbose_name=_("variant"))
    quantity = models.PositiveIntegerField(_("quantity"))
    received = models.PositiveIntegerField(_("received"), default=0)

    class Meta:
        verbose_name = _("line")
        verbose_name_plural = _("lines")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["consignment", "variant"], name="one_consignment_line_per_variant"),
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="consignment_line_has_a_quantity"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.variant}"

    @property
    def missing(self) -> int:
        """Pieces that have not come yet."""
        return max(self.quantity - self.received, 0)
