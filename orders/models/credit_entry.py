"""The ledger of gift cards and store credit."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from orders.models.credit import CreditAccount
from orders.models.payment import Payment
from orders.models.refund import Refund


class CreditEntry(models.Model):
    """One movement of a gift card or of store credit; all of them together are its balance. Never changed."""

    class Kind(models.TextChoices):
        SOLD = "sold", _("sold")
        ISSUED = "issued", _("given by the shop")
        SPENT = "spent", _("paid with")
        RETURNED = "returned", _("given back")
        REFUND = "refund", _("refund")
        CORRECTED = "corrected", _("corrected")
        RECALLED = "recalled", _("taken back")

    account = models.ForeignKey(CreditAccount, models.PROTECT, related_name="entries", verbose_name=_("account"))
    kind = models.CharField(_("what"), max_length=10, choices=Kind.choices)
    amount = models.BigIntegerField(_("amount"))
    balance_after = models.BigIntegerField(_("balance after it"))
    payment = models.ForeignKey(
        Payment, models.PROTECT, null=True, blank=True, related_name="credit_entries", verbose_name=_("payment")
    )
    # One refund is credited once.
    refund = models.OneToOneField(
        Refund, models.PROTECT, null=True, blank=True, related_name="credit_entry", verbose_name=_("refund")
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    actor = models.ForeignKey(Customer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by"))
    created_at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("history")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(amount=0), name="credit_entry_moves_something"),
            models.CheckConstraint(condition=models.Q(balance_after__gte=0), name="credit_entry_leaves_no_debt"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"
