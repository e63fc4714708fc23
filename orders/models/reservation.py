"""Pieces set aside for an order."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import StockLevel
from orders.models.order_line import OrderLine


class Reservation(models.Model):
    """Pieces that an order line holds at a stock level. With `expires_at` the hold ends by itself.

    A line has several when it takes from several places, when it is a bundle (then of its components), and when only
    some of its pieces were sent or given back.
    """

    class Status(models.TextChoices):
        HELD = "held", _("held")
        SHIPPED = "shipped", _("shipped")
        RELEASED = "released", _("released")

    line = models.ForeignKey(OrderLine, models.CASCADE, related_name="reservations", verbose_name=_("order line"))
    # A level in use cannot be deleted: the pieces on it are promised to somebody.
    level = models.ForeignKey(StockLevel, models.PROTECT, related_name="+", verbose_name=_("stock level"))
    quantity = models.PositiveIntegerField(_("quantity"))
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.HELD)
    expires_at = models.DateTimeField(_("held until"), null=True, blank=True)

    class Meta:
        verbose_name = _("reservation")
        verbose_name_plural = _("reservations")
        # For the clock: holds that ran out.
        indexes = [models.Index(fields=["status", "expires_at"], name="reservation_expiry")]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "level", "status"], name="one_reservation_per_line_level_and_status"
            ),
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="reservation_holds_something"),
            models.CheckConstraint(
                condition=models.Q(status__in=["held", "shipped", "released"]),
                name="reservation_status_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.level}"
