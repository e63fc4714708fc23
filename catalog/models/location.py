"""A place that holds stock, and what shoppers are told of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

#: Digits, Monday is 0.
WORKDAYS = "01234"


class LocationQuerySet(models.QuerySet):
    def online(self) -> "LocationQuerySet":
        """Places whose goods the web shop may sell."""
        return self.filter(is_active=True, sells_online=True)

    def shown(self) -> "LocationQuerySet":
        """Places that product pages tell about."""
        return self.filter(is_active=True, is_public=True)


class Location(models.Model):
    """A warehouse or a shop. Orders take pieces from the place with the lowest priority number first."""

    class Kind(models.TextChoices):
        WAREHOUSE = "warehouse", _("warehouse")
        SHOP = "shop", _("shop")

    name = models.CharField(_("name"), max_length=120, unique=True, help_text=_("For you and your colleagues."))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.WAREHOUSE)
    public_name = models.CharField(
        _("name for shoppers"), max_length=120, blank=True, help_text=_("Such as: in the shop in Gràcia.")
    )
    address = models.CharField(_("address"), max_length=300, blank=True)
    hours = models.CharField(_("opening hours"), max_length=300, blank=True)
    priority = models.PositiveSmallIntegerField(
        _("priority"), default=10, help_text=_("Orders are taken from the place with the lowest number first.")
    )
    is_active = models.BooleanField(_("in use"), default=True)
    sells_online = models.BooleanField(
        _("serves the web shop"), default=True, help_text=_("Off: what lies here is sold over the counter only.")
    )
    is_public = models.BooleanField(
        _("shown on product pages"), default=False, help_text=_("Shoppers see what this place has.")
    )

    weekdays = models.CharField(
        _("open on"),
        max_length=7,
        default=WORKDAYS,
        help_text=_("On other days nothing is packed or handed over here."),
    )
    handling_days = models.PositiveSmallIntegerField(
        _("more working days to pack"), default=0, help_text=_("Beyond what the delivery method takes.")
    )
    offers_pickup = models.BooleanField(
        _("orders can be picked up here"), default=False, help_text=_("With address and opening hours.")
    )
    transfer_days = models.PositiveSmallIntegerField(
        _("working days from another place"),
        default=2,
        help_text=_("How long goods take to come here, when they are to be picked up and do not lie here."),
    )

    objects = LocationQuerySet.as_manager()

    class Meta:
        verbose_name = _("location")
        verbose_name_plural = _("locations")
        ordering = ["priority", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=["warehouse", "shop"]), name="location_kind_is_known"),
            models.CheckConstraint(condition=~models.Q(weekdays=""), name="location_is_open_some_day"),
            models.CheckConstraint(
                condition=models.Q(offers_pickup=False) | ~models.Q(address=""),
                name="location_for_pick_up_has_an_address",
                violation_error_message=_("Whoever picks up must know where: write the address."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        """What shoppers call it."""
        return self.public_name or self.name
