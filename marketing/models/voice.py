"""What words of the public have in common: staff reads them before they are shown."""

from collections.abc import Sequence

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    PENDING = "pending", _("waits to be read")
    PUBLISHED = "published", _("published")
    REJECTED = "rejected", _("rejected")


class Grounds(models.TextChoices):
    """Why something is not shown; told to its author. A low rating is none."""

    OFFENSIVE = "offensive", _("it insults somebody")
    PRIVATE = "private", _("it tells something private about a person")
    SPAM = "spam", _("it advertises something else")
    OFF_TOPIC = "off_topic", _("it is not about this product")
    NOT_GENUINE = "not_genuine", _("it does not seem to be about an experience of one's own")
    ILLEGAL = "illegal", _("it breaks the law")


class Moderated(models.Model):
    """pending → published or rejected with its grounds; an edit makes it pending again."""

    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.PENDING)
    grounds = models.CharField(_("why not"), max_length=12, choices=Grounds.choices, blank=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED


def known(field: str, values: Sequence[str], name: str) -> models.CheckConstraint:
    """The constraint that a column holds one of these."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": list(values)}), name=name)
