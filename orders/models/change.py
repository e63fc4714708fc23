"""What became of an order after it was agreed: who changed it, when and why."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from orders.models.order import Order


class OrderChange(models.Model):
    """One change of a placed order, written once and never altered. Amounts are minor units of the order's currency.

    `rows` say what was and what is: [{"what": "line", "sku", "name", "was", "now"}] in pieces, or "address" and
    "delivery" in words. `returned` is what went back for it, `due` what was asked for in addition.
    """

    class Kind(models.TextChoices):
        CANCELLED = "cancelled", _("lines cancelled")
        EDITED = "edited", _("edited")

    order = models.ForeignKey(Order, models.CASCADE, related_name="changes", verbose_name=_("order"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    rows = models.JSONField(_("what"), default=list)
    total_before = models.BigIntegerField(_("total before"))
    total_after = models.BigIntegerField(_("total after"))
    returned = models.BigIntegerField(_("returned"), default=0)
    due = models.BigIntegerField(_("to pay in addition"), default=0)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    actor = models.ForeignKey(Customer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by"))
    created_at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("change of an order")
        verbose_name_plural = _("changes of an order")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(returned__gte=0, due__gte=0), name="order_change_is_settled"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["cancelled", "edited"]), name="order_change_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
