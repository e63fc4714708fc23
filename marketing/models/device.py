"""Browsers that may be shown notifications (web push)."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketing.models.profile import Profile


class PushSubscription(models.Model):
    """One browser of one person. Its push service ends it (`gone_at`) when the person took the permission back."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="devices", verbose_name=_("person"))
    # SHA-256 of the endpoint, which is a long address.
    endpoint_hash = models.CharField(max_length=64, unique=True, editable=False)
    endpoint = models.URLField(_("push service"), max_length=1000)
    # The browser's public key and its secret, base64 as the browser gives them (RFC 8291).
    p256dh = models.CharField(max_length=120)
    auth = models.CharField(max_length=60)
    language = models.CharField(_("language"), max_length=5)
    # Such as Firefox, so that its owner knows which one it is.
    name = models.CharField(_("browser"), max_length=60, blank=True)
    created_at = models.DateTimeField(_("since"), default=timezone.now)
    ok_at = models.DateTimeField(_("last reached"), null=True, blank=True)
    gone_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(endpoint__startswith="https://"), name="push_endpoint_is_https")
        ]

    def __str__(self) -> str:
        return f"{self.profile_id}: {self.name}"
