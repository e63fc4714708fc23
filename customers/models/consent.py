"""What people agreed to, word for word, and whom we must not write to."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models.customer import Customer


class Consent(models.Model):
    """One statement of one person, never changed (the database refuses it); the newest row for address, purpose and
    channel counts.
    """

    class Purpose(models.TextChoices):
        MARKETING = "marketing", _("news and reminders")
        ANALYTICS = "analytics", _("analytics")

    class Channel(models.TextChoices):
        EMAIL = "email", _("e-mail")
        SMS = "sms", _("text message")
        PUSH = "push", _("push notification")
        WEB = "web", _("website")

    class Status(models.TextChoices):
        GRANTED = "granted", _("granted")
        PENDING = "pending", _("not confirmed yet")
        WITHDRAWN = "withdrawn", _("withdrawn")

    # Empty for a visitor of whom nothing but the number in his cookie is known.
    email = models.EmailField(_("e-mail"), db_index=True, blank=True)
    visitor_key = models.UUIDField(_("visitor"), null=True, blank=True, db_index=True, editable=False)
    customer = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="consents", verbose_name=_("customer")
    )
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose.choices)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel.choices)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices)
    wording = models.TextField(_("wording"), help_text=_("The sentence that the person agreed to."))
    # Goes up when the sentence changes in what it means: then everybody is asked again.
    version = models.CharField(_("version of the wording"), max_length=20, blank=True)
    source = models.CharField(_("source"), max_length=60, help_text=_("Such as checkout, account or unsubscribe."))
    created_at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-id"]
        # For the gate: the newest statement of one address.
        indexes = [
            models.Index(fields=["email", "purpose", "channel", "-id"], name="consent_newest"),
            models.Index(fields=["created_at"], name="consent_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(email="") | models.Q(visitor_key__isnull=False), name="consent_is_somebodys"
            )
        ]

    def __str__(self) -> str:
        return f"{self.email or self.visitor_key}: {self.get_purpose_display()}, {self.get_status_display()}"


class Suppression(models.Model):
    """An address that gets no marketing, whatever else it agreed to."""

    class Reason(models.TextChoices):
        UNSUBSCRIBED = "unsubscribed", _("unsubscribed")
        BOUNCED = "bounced", _("address does not exist")
        COMPLAINED = "complained", _("complained")
        BY_STAFF = "by_staff", _("set by staff")

    email = models.EmailField(_("e-mail"), unique=True)
    reason = models.CharField(_("reason"), max_length=14, choices=Reason.choices)
    created_at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("suppressed address")
        verbose_name_plural = _("suppressed addresses")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.email
