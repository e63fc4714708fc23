"""Texts (SMS) of the shop's own business: a row each, before anything is sent."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Text(models.Model):
    """One text, unique for its occasion (`key`), such as `order-ready:41`.

    Queued with the business that causes it, in the same transaction; sent by a worker afterwards.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", _("waiting")
        CLAIMED = "claimed", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")

    key = models.CharField(_("occasion"), max_length=120, unique=True)
    to = models.CharField(_("to"), max_length=16)
    language = models.CharField(_("language"), max_length=5)
    words = models.TextField(_("text"))
    segments = models.PositiveSmallIntegerField(
        _("parts"), default=1, help_text=_("So many messages the provider counts for it.")
    )
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    claimed_at = models.DateTimeField(_("taken up"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    # By which the provider knows it.
    reference = models.CharField(_("number at the provider"), max_length=64, blank=True)
    error = models.TextField(_("what went wrong"), blank=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        verbose_name = _("text (SMS)")
        verbose_name_plural = _("texts (SMS)")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["status", "due_at"], name="text_due"),
            models.Index(fields=["created_at"], name="text_by_day"),
            models.Index(fields=["to"], name="text_by_number"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["queued", "claimed", "sent", "failed"]), name="text_status_is_known"
            ),
            models.CheckConstraint(condition=models.Q(to__startswith="+"), name="text_goes_to_a_whole_number"),
        ]

    def __str__(self) -> str:
        return self.words[:60]
