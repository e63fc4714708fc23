"""Other systems to which messages may go."""

import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def new_secret() -> str:
    return secrets.token_urlsafe(32)


class WebhookTarget(models.Model):
    """An address to which the desk posts signed JSON (`marketing.channels.webhook`)."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    url = models.URLField(
        _("address"),
        max_length=500,
        help_text=_("Begins with https:// and leads to a public server, not into a network."),
    )
    secret = models.CharField(
        _("secret"),
        max_length=120,
        default=new_secret,
        help_text=_("What we post is signed with it, so that the other side knows it is from us."),
    )
    is_active = models.BooleanField(_("in use"), default=True)
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("other system")
        verbose_name_plural = _("other systems")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=models.Q(url__startswith="https://"), name="webhook_target_is_https")
        ]

    def __str__(self) -> str:
        return self.name
