"""Who may buy on account: on which terms, and up to what."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.models import Customer, CustomerGroup


class AccountTerms(models.Model):
    """A customer, or each customer of a group, may owe so much in a currency for so many days.

    `limit` is minor units of the currency. A customer's own row goes before that of the group.
    """

    customer = models.ForeignKey(
        Customer, models.CASCADE, null=True, blank=True, related_name="account_terms", verbose_name=_("customer")
    )
    group = models.ForeignKey(
        CustomerGroup,
        models.CASCADE,
        to_field="code",
        null=True,
        blank=True,
        related_name="account_terms",
        verbose_name=_("customer group"),
        help_text=_("Each customer of the group has the whole limit."),
    )
    currency = models.CharField(_("currency"), max_length=3)
    days = models.PositiveSmallIntegerField(
        _("days to pay"), default=30, help_text=_("Counted from the day of the order.")
    )
    limit = models.BigIntegerField(
        _("credit limit"), help_text=_("The most that may be open at a time. 0 takes the right away.")
    )

    class Meta:
        verbose_name = _("terms of buying on account")
        verbose_name_plural = _("buying on account")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "currency"],
                name="one_account_per_customer_and_currency",
                violation_error_message=_("This customer has terms in this currency already."),
            ),
            models.UniqueConstraint(
                fields=["group", "currency"],
                name="one_account_per_group_and_currency",
                violation_error_message=_("This group has terms in this currency already."),
            ),
            models.CheckConstraint(
                condition=models.Q(customer__isnull=False, group=None) | models.Q(customer=None, group__isnull=False),
                name="account_is_of_a_customer_or_a_group",
                violation_error_message=_("Name a customer or a group, not both."),
            ),
            models.CheckConstraint(condition=models.Q(limit__gte=0), name="account_limit_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.customer or self.group} · {self.currency}"
