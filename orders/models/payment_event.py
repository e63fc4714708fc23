"""The ledger of payments: what came of each, when, and by which reference."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orders.models.payment import Payment


class PaymentEvent(models.Model):
    """One fact about the money of a payment. Never changed; what is received and what went back follows from them.

    `amount` is minor units of the payment's currency, more than none whatever happened to it.
    """

    class Kind(models.TextChoices):
        AUTHORISED = "authorised", _("held by the card")
        CAPTURED = "captured", _("received")
        CANCELLED = "cancelled", _("let go")
        # What a gift card paid of an order that never came about.
        RETURNED = "returned", _("given back")
        REFUND_ASKED = "refund_asked", _("refund asked for")
        REFUNDED = "refunded", _("refunded")
        REFUND_FAILED = "refund_failed", _("refund failed")
        DISPUTED = "disputed", _("disputed")
        DISPUTE_WON = "dispute_won", _("dispute won")
        DISPUTE_LOST = "dispute_lost", _("dispute lost")

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="events", verbose_name=_("payment"))
    kind = models.CharField(_("what"), max_length=16, choices=Kind.choices)
    amount = models.BigIntegerField(_("amount"))
    # What the provider, or the bank, calls it.
    reference = models.CharField(_("reference"), max_length=120, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("payment event")
        verbose_name_plural = _("payment events")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="payment_event_amount_is_not_negative"),
            # The same news may come many times.
            models.UniqueConstraint(
                fields=["payment", "kind", "reference"],
                condition=~models.Q(reference=""),
                name="payment_event_is_written_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"
