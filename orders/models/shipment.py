"""Parcels on their way."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from orders.models.order import Order
from orders.models.order_line import OrderLine


class Shipment(models.Model):
    """A parcel with a tracking number. An order may go in several; the lines say what is in each."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="shipments", verbose_name=_("order"))
    carrier = models.CharField(_("carrier"), max_length=80, blank=True)
    tracking_number = models.CharField(_("tracking number"), max_length=80, blank=True)
    tracking_url = models.URLField(_("tracking address"), max_length=300, blank=True)
    actor = models.ForeignKey(Customer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by"))
    shipped_at = models.DateTimeField(_("sent"), default=timezone.now)
    # The day it came to the door, once somebody has said so.
    arrived_on = models.DateField(_("arrived"), null=True, blank=True)

    class Meta:
        verbose_name = _("shipment")
        verbose_name_plural = _("shipments")
        ordering = ["id"]
        indexes = [models.Index(fields=["shipped_at"], name="shipment_by_day")]

    def __str__(self) -> str:
        return self.tracking_number or self.carrier


class ShipmentLine(models.Model):
    """So many pieces of an order line in the parcel."""

    shipment = models.ForeignKey(Shipment, models.CASCADE, related_name="lines", verbose_name=_("shipment"))
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="shipped", verbose_name=_("order line"))
    quantity = models.PositiveIntegerField(_("quantity"))

    class Meta:
        verbose_name = _("shipment line")
        verbose_name_plural = _("shipment lines")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["shipment", "line"], name="one_shipment_line_per_order_line"),
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="shipment_line_has_a_quantity"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.line.product_name}"
