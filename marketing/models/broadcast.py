"""A broadcast: one letter to everybody in a segment, at a moment that is set beforehand."""

from datetime import datetime, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from customers.models import Customer
from marketing.models.segment import Segment
from marketing.models.template import Template, TemplateVersion

# What begins later than this after its moment does not go out at all.
LATE = timedelta(hours=1)
DAY = timedelta(days=1)


class Broadcast(models.Model):
    """draft → scheduled → planning → sending ⇄ paused → done, cancelled or missed.

    What became of it is counted from its messages, never kept here; it is done only when none of them is open
    (`marketing.actions.broadcasts.ending`).
    """

    class Channel(models.TextChoices):
        EMAIL = "email", _("e-mail")
        SMS = "sms", _("text message")
        PUSH = "push", _("push notification")

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SCHEDULED = "scheduled", _("scheduled")
        PLANNING = "planning", _("being planned")
        SENDING = "sending", _("being sent")
        PAUSED = "paused", _("paused")
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("called off")
        MISSED = "missed", _("missed")

    class Timing(models.TextChoices):
        ONCE = "once", _("at one moment for everybody")
        LOCAL = "local", _("at that hour by each person's clock")
        BEST = "best", _("at each person's best hour of the 24 that follow")

    # Variants of a comparison, as messages name them.
    ARM, RIVAL_ARM = "a", "b"

    name = models.CharField(_("name"), max_length=120)
    segment = models.ForeignKey(Segment, models.PROTECT, related_name="broadcasts", verbose_name=_("to whom"))
    channel = models.CharField(_("channel"), max_length=8, choices=Channel.choices, default=Channel.EMAIL)
    template = models.ForeignKey(Template, models.PROTECT, related_name="broadcasts", verbose_name=_("letter"))
    # What it says, from the moment it is scheduled.
    version = models.ForeignKey(TemplateVersion, models.PROTECT, null=True, blank=True, related_name="+")
    rival = models.ForeignKey(
        Template,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("other letter to compare"),
        help_text=_("A part of the people gets this one; who gets which is decided once for each person."),
    )
    rival_version = models.ForeignKey(TemplateVersion, models.PROTECT, null=True, blank=True, related_name="+")
    rival_share = models.PositiveSmallIntegerField(
        _("percent who get the other letter"), default=50, validators=[MinValueValidator(1), MaxValueValidator(99)]
    )

    status = models.CharField(_("status"), max_length=9, choices=Status.choices, default=Status.DRAFT)
    timing = models.CharField(_("when"), max_length=5, choices=Timing.choices, default=Timing.ONCE)
    scheduled_at = models.DateTimeField(_("day and time"), null=True, blank=True)
    deadline_hours = models.PositiveSmallIntegerField(
        _("hours after which it is too late"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(168)],
        help_text=_("Whoever could not be written to by then, counted from his own moment, gets nothing."),
    )
    # When its first message may leave: earlier than the hour in the shop when clocks in the east show it before.
    begins_at = models.DateTimeField(null=True, blank=True, editable=False)
    throttle = models.PositiveIntegerField(
        _("messages an hour at most"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: as fast as they can be handed over."),
    )
    holdout = models.PositiveSmallIntegerField(
        _("percent who get nothing"),
        default=10,
        validators=[MaxValueValidator(50)],
        help_text=_("So that it can be told what the letter achieves. Who it is, is decided once for each person."),
    )
    product = models.ForeignKey(
        Product,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("goods it is about"),
        help_text=_("Only so many people are written to as there are pieces for, and nobody once it is sold out."),
    )
    orders_in_hundred = models.PositiveSmallIntegerField(
        _("of a hundred people so many order it"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    repeat_days = models.PositiveSmallIntegerField(
        _("again every so many days"),
        default=0,
        validators=[MaxValueValidator(366)],
        help_text=_(
            "0: once. Each time with the newest published version of the letter and whoever is in the segment."
        ),
    )
    # The first one of a series; holdout and variants are the same for a person in all of them.
    series = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="editions", editable=False)

    # The last person that planning came to.
    planned_up_to = models.BigIntegerField(default=0, editable=False)
    planned_at = models.DateTimeField(_("planned"), null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)
    author = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="+", editable=False, verbose_name=_("made by")
    )
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("broadcast")
        verbose_name_plural = _("broadcasts")
        ordering = ["-scheduled_at", "-id"]
        # For the clock: what is to be planned and sent.
        indexes = [models.Index(fields=["status", "begins_at"], name="broadcast_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    status__in=[
                        "draft",
                        "scheduled",
                        "planning",
                        "sending",
                        "paused",
                        "done",
                        "cancelled",
                        "missed",
                    ]  # fmt: skip
                ),
                name="broadcast_status_is_known",
            ),
            models.CheckConstraint(condition=Q(timing__in=["once", "local", "best"]), name="broadcast_timing_is_known"),
            models.CheckConstraint(
                condition=Q(channel__in=["email", "sms", "push"]), name="broadcast_channel_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "cancelled"])
                | Q(scheduled_at__isnull=False, begins_at__isnull=False, version__isnull=False),
                name="broadcast_has_a_moment_and_a_version",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["sending", "paused", "done"]) | Q(planned_at__isnull=False),
                name="broadcast_is_planned_before_it_is_sent",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["done", "cancelled", "missed"], ended_at__isnull=False)
                | ~Q(status__in=["done", "cancelled", "missed"]) & Q(ended_at=None),
                name="broadcast_ends_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(rival_share__range=(1, 99), holdout__lte=50, orders_in_hundred__range=(1, 100)),
                name="broadcast_shares_are_sound",
            ),
            models.UniqueConstraint(fields=["series", "scheduled_at"], name="one_edition_at_a_time"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def is_over(self) -> bool:
        return self.status in (self.Status.DONE, self.Status.CANCELLED, self.Status.MISSED)

    @property
    def salt(self) -> str:
        """Of holdout and variants."""
        return f"broadcast:{self.series_id or self.pk}"

    @property
    def deadline(self) -> timedelta:
        """How long after his own moment somebody may still be written to."""
        return timedelta(hours=self.deadline_hours)

    def version_of(self, arm: str) -> int:
        """Key of what the people of this variant are sent."""
        return self.rival_version_id if arm == self.RIVAL_ARM else self.version_id

    def is_late(self, now: datetime) -> bool:
        """Whether its beginning was missed."""
        return now > self.begins_at + min(LATE, self.deadline)
