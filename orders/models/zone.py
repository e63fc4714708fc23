"""Parts of the world that parcels go to at prices of their own."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from orders.kept import Kept


class DeliveryZone(Kept):
    """Countries, or parts of them told by postcode or region; `orders.delivery.zones` says which an address lies in."""

    name = models.CharField(_("name"), max_length=80, unique=True, help_text=_("For you and your colleagues."))
    countries = CountryField(_("countries"), multiple=True, blank=True, help_text=_("Empty: the rest of the world."))
    postcodes = models.CharField(
        _("postcodes"),
        max_length=2000,
        blank=True,
        help_text=_("Only these of the country: how they begin, or from–to. For example 07, 35, 51001-51005."),
    )
    areas = models.CharField(
        _("states or provinces"),
        max_length=1000,
        blank=True,
        help_text=_("As addresses write them, separated by commas: CA, NY. For countries whose addresses name them."),
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Of two zones that fit equally well the one with the lower number holds.")
    )

    class Meta:
        verbose_name = _("delivery zone")
        verbose_name_plural = _("delivery zones")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name
