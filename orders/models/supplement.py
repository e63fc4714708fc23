"""What was added to an order that was paid before: asked for separately, and taken out again if it is not paid."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orders.models.invoice import Invoice
from orders.models.order import Order, adds_up


class Supplement(models.Model):
    """Goods, or a dearer delivery, that a paid order got in addition. Minor units of the order's currency.

    The order's lines and sums hold it from the beginning; `lines` are those that came with it. `before` is how the
    order was delivered until then, for the case that nobody pays.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("still to be paid")
        SETTLED = "settled", _("paid")
        LAPSED = "lapsed", _("taken back")

    order = models.ForeignKey(Order, models.PROTECT, related_name="supplements", verbose_name=_("order"))
    amount = models.BigIntegerField(_("amount"))
    delivery_net = models.BigIntegerField(_("delivery, net"), default=0)
    delivery_tax = models.BigIntegerField(_("delivery, tax"), default=0)
    delivery_gross = models.BigIntegerField(_("delivery"), default=0)
    before = models.JSONField(default=dict, blank=True, editable=False)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.OPEN)
    # Its goods stay until its money is here; staff may send them all the same.
    waits = models.BooleanField(_("sent only when it is paid"), default=True)
    invoice = models.OneToOneField(
        Invoice, models.PROTECT, null=True, blank=True, related_name="supplement", verbose_name=_("invoice")
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    expires_at = models.DateTimeField(_("to be paid by"))
    settled_at = models.DateTimeField(_("paid at"), null=True, blank=True)

    class Meta:
        verbose_name = _("supplement")
        verbose_name_plural = _("supplements")
        ordering = ["id"]
        # For the clock: what nobody has paid in time.
        indexes = [
            models.Index(fields=["expires_at"], condition=models.Q(status="open"), name="supplement_due"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=models.Q(status="open"), name="one_open_supplement_per_order"
            ),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="supplement_asks_for_something"),
            models.CheckConstraint(
                condition=adds_up("delivery_net", "delivery_tax", "delivery_gross"), name="supplement_delivery_adds_up"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["open", "settled", "lapsed"]), name="supplement_status_is_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(status="settled") | models.Q(settled_at__isnull=False),
                name="settled_supplement_has_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}: {self.get_status_display()}"

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN
