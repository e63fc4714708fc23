"""How often somebody hears from us, and when he is left in peace."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketing.models.message import Message


class PressurePolicy(models.Model):
    """What one person gets at most by one channel, or by all of them together; post about orders never counts."""

    ALL = "all"
    CHANNELS = [(ALL, _("all channels together")), *Message.Channel.choices[:3]]

    channel = models.CharField(_("channel"), max_length=8, choices=CHANNELS, unique=True)
    most = models.PositiveSmallIntegerField(
        _("messages at most"), default=1, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    hours = models.PositiveSmallIntegerField(
        _("within so many hours"), default=24, validators=[MinValueValidator(1), MaxValueValidator(168)]
    )
    most_in_week = models.PositiveSmallIntegerField(
        _("messages at most within seven days"), default=4, validators=[MinValueValidator(1), MaxValueValidator(200)]
    )
    quiet_from = models.TimeField(
        _("quiet from"),
        null=True,
        blank=True,
        help_text=_("By the clock of the person; what falls into these hours waits for their end."),
    )
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)

    class Meta:
        verbose_name = _("limit of messages")
        verbose_name_plural = _("limits of messages")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=["all", "email", "sms", "push"]), name="pressure_channel_is_known"
            ),
            models.CheckConstraint(
                condition=Q(most__gte=1, hours__range=(1, 168), most_in_week__gte=1), name="pressure_leaves_room"
            ),
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None) | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_hours_begin_and_end",
            ),
        ]

    def __str__(self) -> str:
        return self.get_channel_display()
