"""Who signs our post: the shop's own name and address.

It lies on the lowest floor because a letter needs it first; invoices, mails and pages above all read it here.
"""

from django.core.cache import cache
from django.db import models
from django.utils.translation import gettext_lazy as _

CACHE_KEY = "shop-details"


class ShopDetails(models.Model):
    """One row: the merchant's name, address and ways to be reached."""

    name = models.CharField(_("name of the shop"), max_length=80, default="Vitrina")
    tagline = models.CharField(_("one sentence that says what is sold"), max_length=160, blank=True)
    legal_name = models.CharField(_("legal name"), max_length=160, blank=True)
    address = models.TextField(_("address"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("shop details")
        verbose_name_plural = _("shop details")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_row_of_shop_details")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.pk = 1
        super().save(*args, **kwargs)
        cache.delete(CACHE_KEY)

    @classmethod
    def current(cls) -> "ShopDetails":
        """The merchant's row, or honest defaults before there is one. Kept for a minute: every page asks."""
        details = cache.get(CACHE_KEY)
        if details is None:
            details = cls.objects.first() or cls()
            cache.set(CACHE_KEY, details, 60)
        return details
