"""Groups of people by rule, who is in them since when, and lists that were frozen at one moment."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketing.models.profile import Profile


class Segment(models.Model):
    """A rule over profiles (`marketing.segments`), or a snapshot: the people whom a rule found once."""

    class Kind(models.TextChoices):
        DYNAMIC = "dynamic", _("by rule")
        SNAPSHOT = "snapshot", _("frozen list")

    # What promotions, templates and page code call it.
    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    description = models.CharField(_("what it is for"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.DYNAMIC, editable=False)
    rule = models.JSONField(_("rule"), default=dict, blank=True)
    # Goes up whenever the rule changes: memberships of an older version are worked out again.
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    settled_version = models.PositiveIntegerField(default=0, editable=False)
    size = models.PositiveIntegerField(_("people"), default=0, editable=False)
    # While everybody is worked out again: how many join or leave, and how many have so far.
    to_do = models.PositiveIntegerField(default=0, editable=False)
    done = models.PositiveIntegerField(default=0, editable=False)
    counted_at = models.DateTimeField(_("counted"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["dynamic", "snapshot"]), name="segment_kind_is_known")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_frozen(self) -> bool:
        return self.kind == self.Kind.SNAPSHOT

    @property
    def is_settled(self) -> bool:
        """Whether its memberships are those of the rule as it stands."""
        return self.is_frozen or self.settled_version == self.version


class SegmentMembership(models.Model):
    """Somebody is in a segment, or was until then."""

    segment = models.ForeignKey(Segment, models.CASCADE, related_name="memberships", verbose_name=_("segment"))
    profile = models.ForeignKey(Profile, models.CASCADE, related_name="memberships", verbose_name=_("profile"))
    since = models.DateTimeField(_("since"), default=timezone.now)
    until = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["-since", "-id"]
        indexes = [models.Index(fields=["segment", "since"], name="membership_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["segment", "profile"], condition=Q(until=None), name="one_membership_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")), name="membership_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.segment_id}: {self.profile_id}"
