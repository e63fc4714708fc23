"""Where people live."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from customers.models.customer import Customer


class PostalAddress(models.Model):
    """The lines of an address, as its country writes them. Copied, never shared: an order keeps its own."""

    name = models.CharField(_("full name"), max_length=160)
    company = models.CharField(_("company"), max_length=160, blank=True)
    line1 = models.CharField(_("street and number"), max_length=200)
    line2 = models.CharField(_("flat, floor, entrance"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    city = models.CharField(_("town"), max_length=120)
    region = models.CharField(_("region"), max_length=120, blank=True)
    country = CountryField(_("country"))
    phone = models.CharField(_("phone"), max_length=40, blank=True)

    FIELDS = ("name", "company", "line1", "line2", "postcode", "city", "region", "country", "phone")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.line1, self.postcode, self.city) if part)


class Address(PostalAddress):
    """An entry of a customer's address book."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="addresses", verbose_name=_("customer"))
    is_default = models.BooleanField(_("usual address"), default=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        ordering = ["-is_default", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer"],
                condition=models.Q(is_default=True),
                name="one_usual_address_per_customer",
            )
        ]
