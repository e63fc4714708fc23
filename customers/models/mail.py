"""Post: every letter that the shop's own business asks for is a row before it is sent."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models.drawn import DrawnField


class Mail(models.Model):
    """One transactional e-mail, unique for its occasion (`key`), such as `order-confirmation:41`.

    Queued with the business that causes it, in the same transaction; sent by a worker afterwards. A mail that was
    claimed and never marked (its worker died) is sent again: the customer must learn of his order.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", _("waiting")
        CLAIMED = "claimed", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")

    key = models.CharField(_("occasion"), max_length=120, unique=True)
    to = models.EmailField(_("to"))
    language = models.CharField(_("language"), max_length=5)
    subject = models.CharField(_("subject"), max_length=255)
    text = DrawnField(_("text"))
    html = DrawnField("HTML")
    # What text and HTML are drawn from, all of it as it was when the letter was written: words, sums and days, no keys.
    # Whoever causes a letter need not wait for its drawing. Empty as soon as it is done.
    draft = models.JSONField(default=dict, blank=True, editable=False)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    claimed_at = models.DateTimeField(_("taken up"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    # By which the provider knows it, where it told us.
    provider_id = models.CharField(_("number at the provider"), max_length=120, blank=True, db_index=True)
    error = models.TextField(_("what went wrong"), blank=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-id"]
        # For the worker: what is due now.
        indexes = [
            models.Index(fields=["status", "due_at"], name="mail_due"),
            models.Index(fields=["created_at"], name="mail_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["queued", "claimed", "sent", "failed"]),
                name="mail_status_is_known",
            )
        ]

    def __str__(self) -> str:
        return self.subject
