"""A browser whose owner agreed to be recognised, the road he came by, and how far he has got."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketing.models.profile import Profile


class Visitor(models.Model):
    """A browser, by a random number in a cookie of our own. Without a yes to analytics there is no row."""

    key = models.UUIDField(_("visitor"), default=uuid.uuid4, unique=True, editable=False)
    profile = models.ForeignKey(
        Profile, models.SET_NULL, null=True, blank=True, related_name="visitors", verbose_name=_("profile")
    )
    consented_at = models.DateTimeField(_("agreed"), default=timezone.now)
    created_at = models.DateTimeField(_("first seen"), default=timezone.now)
    seen_at = models.DateTimeField(_("last seen"), default=timezone.now)

    class Meta:
        verbose_name = _("visitor")
        verbose_name_plural = _("visitors")
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.key)


class Touch(models.Model):
    """One arrival from outside, or one click in a message. Never rewritten; models of attribution read it."""

    visitor = models.ForeignKey(
        Visitor, models.SET_NULL, null=True, blank=True, related_name="touches", verbose_name=_("visitor")
    )
    profile = models.ForeignKey(
        Profile, models.SET_NULL, null=True, blank=True, related_name="touches", verbose_name=_("profile")
    )
    message = models.ForeignKey(
        "marketing.Message", models.SET_NULL, null=True, blank=True, related_name="touches", verbose_name=_("message")
    )
    source = models.CharField(_("source"), max_length=80, help_text=_("Such as google, newsletter or a host name."))
    medium = models.CharField(_("medium"), max_length=40, blank=True, help_text=_("Such as cpc, email or referral."))
    campaign = models.CharField(_("campaign"), max_length=120, blank=True)
    term = models.CharField(_("term"), max_length=120, blank=True)
    content = models.CharField(_("content"), max_length=120, blank=True)
    # Such as gclid:… or fbclid:…
    click_id = models.CharField(_("click id"), max_length=200, blank=True)
    landing = models.CharField(_("first page"), max_length=200, blank=True)
    occurred_at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("arrival")
        verbose_name_plural = _("arrivals")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["occurred_at", "source"], name="touch_by_day"),
            models.Index(fields=["profile", "occurred_at"], name="touch_of_profile"),
        ]

    def __str__(self) -> str:
        return f"{self.source} · {self.occurred_at:%Y-%m-%d %H:%M}"


class Episode(models.Model):
    """One shopping episode: from the first look to an order, or to nothing. Only its deepest step has a flow."""

    class Step(models.IntegerChoices):
        BROWSE = 1, _("looked around")
        CART = 2, _("filled a cart")
        CHECKOUT = 3, _("began a checkout")
        ORDERED = 4, _("ordered")

    profile = models.ForeignKey(
        Profile, models.CASCADE, null=True, blank=True, related_name="episodes", verbose_name=_("profile")
    )
    visitor = models.ForeignKey(
        Visitor, models.CASCADE, null=True, blank=True, related_name="episodes", verbose_name=_("visitor")
    )
    step = models.PositiveSmallIntegerField(_("deepest step"), choices=Step.choices, default=Step.BROWSE)
    started_at = models.DateTimeField(_("began"), default=timezone.now)
    active_at = models.DateTimeField(_("last active"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("shopping episode")
        verbose_name_plural = _("shopping episodes")
        ordering = ["-id"]
        # For the flows: who stopped at a step, and when.
        indexes = [models.Index(fields=["step", "active_at"], condition=Q(ended_at=None), name="episode_left_at")]
        constraints = [
            models.CheckConstraint(
                condition=Q(profile__isnull=False) | Q(visitor__isnull=False), name="episode_is_somebodys"
            ),
            models.CheckConstraint(condition=Q(step__range=(1, 4)), name="episode_step_is_known"),
            models.CheckConstraint(condition=~Q(step=4) | Q(ended_at__isnull=False), name="ordered_episode_has_ended"),
            models.UniqueConstraint(
                fields=["profile"], condition=Q(ended_at=None, profile__isnull=False), name="one_episode_per_profile"
            ),
            models.UniqueConstraint(
                fields=["visitor"],
                condition=Q(ended_at=None, profile=None),
                name="one_episode_per_unknown_visitor",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()} · {self.active_at:%Y-%m-%d %H:%M}"
