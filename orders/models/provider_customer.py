"""How the payment provider calls a customer of ours, so that his saved cards are offered to him again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.models import Customer


class ProviderCustomer(models.Model):
    """Made by the provider with the first card payment of a customer who is signed in; his cards lie there alone."""

    customer = models.OneToOneField(
        Customer, models.CASCADE, related_name="at_the_provider", verbose_name=_("customer")
    )
    reference = models.CharField(_("reference"), max_length=120, unique=True)

    class Meta:
        verbose_name = _("customer at the provider")
        verbose_name_plural = _("customers at the provider")

    def __str__(self) -> str:
        return self.reference
