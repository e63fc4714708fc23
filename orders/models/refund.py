"""Money going back: for which pieces, for the delivery, or out of goodwill."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.models import Location
from catalog.money import format_minor
from customers.models import Customer
from orders.models.order import adds_up
from orders.models.order_line import OrderLine
from orders.models.payment import Payment


class Refund(models.Model):
    """Money going back. Written before the provider is asked; `refunded` of the payment already counts it.

    `amount` is for goods (the sum of its lines), for delivery, and `goodwill`: what names no goods, such as a present,
    or what somebody gave back at the provider itself. Minor units of the payment's currency.
    """

    class Status(models.TextChoices):
        REQUESTED = "requested", _("requested")
        SUCCEEDED = "succeeded", _("done")
        FAILED = "failed", _("failed")

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="refunds", verbose_name=_("payment"))
    amount = models.BigIntegerField(_("amount"))
    goods = models.BigIntegerField(_("for goods"), default=0)
    delivery_net = models.BigIntegerField(_("for delivery, net"), default=0)
    delivery_tax = models.BigIntegerField(_("for delivery, tax"), default=0)
    delivery_gross = models.BigIntegerField(_("for delivery"), default=0)
    goodwill = models.BigIntegerField(_("out of goodwill"), default=0)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    # All goods of the order at once; what goes back line by line says it there.
    restock = models.BooleanField(_("put the goods back on sale"), default=False)
    # Not the way it came: as credit in the shop.
    to_credit = models.BooleanField(_("as store credit"), default=False)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.REQUESTED)
    idempotency_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    provider_id = models.CharField(_("provider's id"), max_length=120, null=True, blank=True, unique=True)
    error = models.CharField(_("what went wrong"), max_length=300, blank=True)
    actor = models.ForeignKey(Customer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by"))
    created_at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        ordering = ["id"]
        indexes = [models.Index(fields=["created_at"], name="refund_by_day")]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="refund_amount_is_positive"),
            models.CheckConstraint(
                condition=models.Q(
                    goods__gte=0,
                    goodwill__gte=0,
                    amount=models.F("goods") + models.F("delivery_gross") + models.F("goodwill"),
                ),
                name="refund_is_the_sum_of_its_parts",
            ),
            models.CheckConstraint(
                condition=adds_up("delivery_net", "delivery_tax", "delivery_gross"), name="refund_delivery_adds_up"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["requested", "succeeded", "failed"]),
                name="refund_status_is_known",
            ),
        ]

    def __str__(self) -> str:
        return format_minor(self.amount, self.payment.currency, get_language() or "en")


class RefundLine(models.Model):
    """So many pieces of an order line whose money goes back; none of them for a part of the price, such as a stain.

    With `restock` the pieces go back on the shelf when the money does: at `location`, or where they came from.
    """

    refund = models.ForeignKey(Refund, models.CASCADE, related_name="lines", verbose_name=_("refund"))
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="refund_lines", verbose_name=_("order line"))
    quantity = models.PositiveIntegerField(_("quantity"), default=0)
    net = models.BigIntegerField(_("net"))
    tax = models.BigIntegerField(_("tax"))
    gross = models.BigIntegerField(_("sum"))
    restock = models.BooleanField(_("back on the shelf"), default=False)
    location = models.ForeignKey(
        Location, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("location")
    )

    class Meta:
        verbose_name = _("refund line")
        verbose_name_plural = _("refund lines")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["refund", "line"], name="one_refund_line_per_order_line"),
            models.CheckConstraint(condition=adds_up("net", "tax", "gross"), name="refund_line_adds_up"),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1) | models.Q(gross__gte=1), name="refund_line_gives_something_back"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.line.product_name}"
