"""Places where a carrier keeps parcels until their buyer comes: kiosks, lockers, post offices."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from catalog.search.analysis import fold


class PickupPoint(models.Model):
    """One place of a carrier, known by its code. It stays when the carrier gives it up, and is no longer offered."""

    carrier = models.CharField(_("carrier"), max_length=80, help_text=_("As it stands in the delivery method."))
    code = models.CharField(_("code"), max_length=40, help_text=_("By which the carrier knows the place."))
    name = models.CharField(_("name"), max_length=160)
    line1 = models.CharField(_("street and number"), max_length=200)
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    city = models.CharField(_("town"), max_length=120)
    country = CountryField(_("country"))
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    hours = models.CharField(_("opening hours"), max_length=300, blank=True)
    is_active = models.BooleanField(_("offered"), default=True)
    # What it is looked for by: without spaces and accents, in small letters.
    postcode_key = models.CharField(max_length=20, blank=True, editable=False)
    city_key = models.CharField(max_length=120, blank=True, editable=False)

    class Meta:
        verbose_name = _("pick-up point")
        verbose_name_plural = _("pick-up points")
        ordering = ["carrier", "country", "postcode", "code"]
        indexes = [
            # Found by beginnings, so the letters have to stand in the order of their codes.
            models.Index(
                fields=["carrier", "country", key],
                condition=models.Q(is_active=True),
                opclasses=["", "", "varchar_pattern_ops"],
                name=name,
            )
            for key, name in (("postcode_key", "pickup_point_by_postcode"), ("city_key", "pickup_point_by_town"))
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["carrier", "code"],
                name="one_pickup_point_per_code",
                violation_error_message=_("This carrier has a point of this code already."),
            ),
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="pickup_point_lies_on_earth",
                violation_error_message=_("Latitude and longitude belong together, in degrees."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.line1}, {self.postcode} {self.city}"

    def save(self, *args, **options) -> None:
        self.with_keys()
        super().save(*args, **options)

    def with_keys(self) -> "PickupPoint":
        """The same, with what it is looked for by; for whoever writes many at once."""
        self.postcode_key, self.city_key = key_of(self.postcode)[:20], fold(self.city)[:120]
        return self


class PickupList(models.Model):
    """A carrier's list as it was sent, which column is what, and what came of it."""

    carrier = models.CharField(_("carrier"), max_length=80)
    country = CountryField(_("country"), help_text=_("Of the rows that name none."))
    is_whole = models.BooleanField(
        _("these are all points of the carrier"),
        default=True,
        help_text=_("Those that are missing, in the countries of the file, are no longer offered."),
    )
    file_name = models.CharField(_("file"), max_length=120)
    # Given up once it is taken over.
    text = models.TextField(blank=True, editable=False)
    columns = models.JSONField(default=dict, editable=False)
    report = models.JSONField(default=dict, editable=False)
    taken_at = models.DateTimeField(_("taken over"), null=True, blank=True)
    created_at = models.DateTimeField(_("sent"), default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("list of pick-up points")
        verbose_name_plural = _("lists of pick-up points")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.carrier} · {self.file_name}"


def key_of(postcode: str) -> str:
    """A postcode as it is compared: 28 013 is 28013."""
    return "".join(sign for sign in fold(postcode) if sign.isalnum())
