"""A flow: what is written when something happens to a customer, and how long after."""

from datetime import timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from marketing.models.template import Template


class Flow(models.Model):
    """A lifecycle campaign with one message. Words are Liquid templates over a fixed list of plain values."""

    class Trigger(models.TextChoices):
        CART_ABANDONED = "cart_abandoned", _("a cart was left behind")

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        LIVE = "live", _("live")
        PAUSED = "paused", _("paused")

    trigger = models.CharField(_("when"), max_length=20, choices=Trigger.choices, unique=True)
    name = models.CharField(_("name"), max_length=120)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.DRAFT)
    delay_minutes = models.PositiveIntegerField(
        _("minutes to wait"),
        default=240,
        validators=[MinValueValidator(15), MaxValueValidator(7 * 24 * 60)],
        help_text=_("Counted from the last thing the shopper did with the cart. Four hours is a good start."),
    )
    deadline_hours = models.PositiveIntegerField(
        _("hours after which it is too late"),
        default=72,
        validators=[MinValueValidator(1), MaxValueValidator(720)],
    )
    cooldown_days = models.PositiveIntegerField(
        _("days between two reminders to one person"), default=7, validators=[MaxValueValidator(365)]
    )
    template = models.ForeignKey(
        Template,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="flows",
        verbose_name=_("template"),
        help_text=_("Its newest published version is sent, in place of the words below."),
    )
    subject = models.CharField(_("subject"), max_length=150)
    preheader = models.CharField(_("line shown beside the subject"), max_length=150, blank=True)
    heading = models.CharField(_("heading"), max_length=150)
    body = models.TextField(_("text"))
    live_since = models.DateTimeField(_("live since"), null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("flow")
        verbose_name_plural = _("flows")

    def __str__(self) -> str:
        return self.name

    @property
    def is_live(self) -> bool:
        return self.status == self.Status.LIVE

    @property
    def delay(self) -> timedelta:
        return timedelta(minutes=self.delay_minutes)

    @property
    def deadline(self) -> timedelta:
        return timedelta(hours=self.deadline_hours)
