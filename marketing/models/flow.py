"""A flow: what sets it off, what is written then, and how long after. `marketing.flows` reads definitions."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from customers.models import Customer
from marketing.models.profile import Profile
from marketing.models.template import Template
from orders.models import Cart, Order


class Flow(models.Model):
    """A flow by name. `draft` is the working copy of its definition, kept however unfinished it is.

    draft → live ⇄ paused → retired. Only a live one lets people in and moves them on.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        LIVE = "live", _("live")
        PAUSED = "paused", _("paused")
        RETIRED = "retired", _("retired")

    name = models.CharField(_("name"), max_length=120)
    # The ready-made flow that it was made from (`marketing.flows.recipes`); empty for one from nothing.
    recipe = models.CharField(_("made from"), max_length=30, blank=True, editable=False)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.DRAFT)
    holdout = models.PositiveSmallIntegerField(
        _("held back, in percent"),
        default=20,
        validators=[MaxValueValidator(50)],
        help_text=_("So many get nothing, always the same people: only so can be told what the flow earns."),
    )
    # Of its messages (Message.Priority); empty for that of what sets it off.
    priority = models.PositiveSmallIntegerField(_("priority"), null=True, blank=True)
    draft = models.JSONField(_("working copy"), default=dict, blank=True, editable=False)
    # Goes up with every change of the working copy: two people who edit at once do not undo each other.
    edition = models.PositiveIntegerField(default=0, editable=False)
    live_since = models.DateTimeField(_("live since"), null=True, blank=True, editable=False)
    # While it is paused: those who wait go on from where they were, so much later.
    paused_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When people were last let in.
    looked_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("flow")
        verbose_name_plural = _("flows")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["draft", "live", "paused", "retired"]), name="flow_status_is_known"
            ),
            models.CheckConstraint(condition=Q(holdout__lte=50), name="flow_writes_to_half_at_least"),
            models.CheckConstraint(
                condition=~Q(status="paused") | Q(paused_at__isnull=False), name="paused_flow_has_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_live(self) -> bool:
        return self.status == self.Status.LIVE

    @property
    def newest(self) -> "FlowVersion | None":
        return self.versions.order_by("-number").first()


class FlowVersion(models.Model):
    """What a flow did from its publication on. The database refuses to change it; who began it finishes it."""

    flow = models.ForeignKey(Flow, models.CASCADE, related_name="versions", verbose_name=_("flow"))
    number = models.PositiveIntegerField(_("version"))
    definition = models.JSONField(_("definition"))
    # The letters that it may send.
    templates = models.ManyToManyField(Template, related_name="flow_versions", verbose_name=_("templates"))
    author = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("published by")
    )
    created_at = models.DateTimeField(_("published"), default=timezone.now)

    class Meta:
        verbose_name = _("version of a flow")
        verbose_name_plural = _("versions of a flow")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["flow", "number"], name="flow_version_is_unique")]

    def __str__(self) -> str:
        return f"{self.flow} · {self.number}"


class Enrolment(models.Model):
    """One person on the way through a flow, for one occasion (`key`, such as `cart:<id>`).

    waiting → completed or exited; held back from the start, so that the effect can be told; or turned away, when the
    occasion was there and a condition did not hold.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("on the way")
        COMPLETED = "completed", _("through")
        EXITED = "exited", _("left on the way")
        HELD_OUT = "held_out", _("held back")
        TURNED_AWAY = "turned_away", _("not let in")

    flow = models.ForeignKey(Flow, models.CASCADE, related_name="enrolments", verbose_name=_("flow"))
    version = models.ForeignKey(
        FlowVersion, models.PROTECT, related_name="enrolments", verbose_name=_("version of the flow")
    )
    profile = models.ForeignKey(Profile, models.CASCADE, related_name="enrolments", verbose_name=_("person"))
    key = models.CharField(_("occasion"), max_length=120)
    cart = models.ForeignKey(Cart, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("cart"))
    product = models.ForeignKey(
        Product, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("product")
    )
    order = models.ForeignKey(Order, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("order"))
    # When that happened which set it off; what the person did afterwards may end it.
    since = models.DateTimeField(_("set off"))
    seen = models.CharField(_("what happened"), max_length=200, blank=True)
    entered_at = models.DateTimeField(_("entered"), default=timezone.now)
    # The next step, and when it is taken; empty behind the last one.
    step = models.CharField(_("step"), max_length=12, blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.WAITING)
    reason = models.CharField(_("why"), max_length=60, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    # The variant by A/B step, and which way each split sent him.
    arms = models.JSONField(_("ways"), default=dict, blank=True)
    # The conditions with what was seen when he entered, and what was seen at each split.
    decision = models.JSONField(_("decision"), default=dict, blank=True)

    class Meta:
        verbose_name = _("way through a flow")
        verbose_name_plural = _("ways through flows")
        ordering = ["-id"]
        indexes = [
            # Few at any time: those who wait for their next step.
            models.Index(fields=["due_at"], condition=Q(status="waiting"), name="enrolment_due"),
            # Who entered lately, and the numbers of a flow.
            models.Index(fields=["flow", "profile", "entered_at"], name="enrolment_of_person"),
            models.Index(fields=["flow", "status", "step"], name="enrolment_by_step"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["flow", "key"], name="one_enrolment_per_occasion"),
            models.CheckConstraint(
                condition=Q(status__in=["waiting", "completed", "exited", "held_out", "turned_away"]),
                name="enrolment_status_is_known",
            ),
            models.CheckConstraint(
                condition=Q(status="waiting", due_at__isnull=False) | ~Q(status="waiting") & Q(due_at=None),
                name="who_waits_knows_until_when",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["exited", "turned_away"]) | ~Q(reason=""), name="enrolment_ends_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["waiting", "held_out"]) | Q(ended_at__isnull=False),
                name="ended_enrolment_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.profile_id}: {self.key}"


class Rehearsal(models.Model):
    """What a draft would have done over past days (`marketing.flows.rehearsal`). Nothing was sent."""

    class Status(models.TextChoices):
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    flow = models.ForeignKey(Flow, models.CASCADE, related_name="rehearsals", verbose_name=_("flow"))
    definition = models.JSONField(_("definition"))
    edition = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("until"))
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.RUNNING)
    done = models.PositiveIntegerField(default=0)
    to_do = models.PositiveIntegerField(default=0)
    result = models.JSONField(_("result"), default=dict, blank=True)
    author = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("asked by")
    )
    started_at = models.DateTimeField(_("begun"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("rehearsal")
        verbose_name_plural = _("rehearsals")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["running", "done", "failed"]), name="rehearsal_status_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.flow_id}: {self.since:%Y-%m-%d} – {self.until:%Y-%m-%d}"
