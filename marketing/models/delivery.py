"""What providers tell of a message after they took it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models import Mail
from marketing.models.message import Message


class DeliveryEvent(models.Model):
    """One thing that a provider told, once: stored before anything follows from it, and never changed.

    An opening counts as nothing: mail programs open letters by themselves. `is_machine` says that it was surely one.
    """

    class Type(models.TextChoices):
        DELIVERED = "delivered", _("delivered")
        BOUNCED = "bounced", _("came back")
        COMPLAINED = "complained", _("complained")
        OPENED = "opened", _("opened (may be a machine)")
        CLICKED = "clicked", _("clicked")
        UNSUBSCRIBED = "unsubscribed", _("unsubscribed")
        FAILED = "failed", _("not delivered")
        OTHER = "other", _("something else")

    provider = models.CharField(_("provider"), max_length=30)
    event_id = models.CharField(_("number of the event there"), max_length=120)
    type = models.CharField(_("what happened"), max_length=12, choices=Type.choices)
    # A bounce that will not change: the mailbox does not exist.
    is_final = models.BooleanField(_("for good"), default=False)
    is_machine = models.BooleanField(_("a machine"), default=False)
    message = models.ForeignKey(
        Message, models.SET_NULL, null=True, blank=True, related_name="deliveries", verbose_name=_("message")
    )
    mail = models.ForeignKey(
        Mail, models.SET_NULL, null=True, blank=True, related_name="deliveries", verbose_name=_("mail")
    )
    address = models.CharField(_("to"), max_length=254, blank=True, db_index=True)
    # What the provider said of it, shortened.
    words = models.CharField(_("said"), max_length=500, blank=True)
    occurred_at = models.DateTimeField(_("at"), default=timezone.now)
    received_at = models.DateTimeField(_("told"), default=timezone.now)

    class Meta:
        verbose_name = _("delivery event")
        verbose_name_plural = _("delivery events")
        ordering = ["-id"]
        indexes = [models.Index(fields=["received_at"], name="delivery_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["provider", "event_id"], name="delivery_event_is_told_once"),
        ]

    def __str__(self) -> str:
        return f"{self.provider}: {self.get_type_display()}"
