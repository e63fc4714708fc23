"""Letters that marketers put together from blocks: a working copy, and versions that never change."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models import Customer


class Template(models.Model):
    """A letter by name. `draft` is the working copy (`marketing.blocks.content`), kept however unfinished it is."""

    class Kind(models.TextChoices):
        LETTER = "email", _("letter")
        SMS = "sms", _("text message")
        PUSH = "push", _("push notification")
        ONSITE = "web", _("message on the website")

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices, default=Kind.LETTER)
    note = models.CharField(_("note for colleagues"), max_length=300, blank=True)
    draft = models.JSONField(_("working copy"), default=dict, blank=True, editable=False)
    # What the working copy was before the last block was added, moved or taken out.
    before = models.JSONField(null=True, blank=True, editable=False)
    # Goes up with every change of the working copy: two people who edit at once do not undo each other.
    edition = models.PositiveIntegerField(default=0, editable=False)
    is_archived = models.BooleanField(_("put away"), default=False, help_text=_("No longer offered; nothing is lost."))
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("template")
        verbose_name_plural = _("templates")
        ordering = ["is_archived", "-updated_at", "-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def newest(self) -> "TemplateVersion | None":
        return self.versions.order_by("-number").first()


class TemplateVersion(models.Model):
    """What a template said when it was published. The database refuses to change it."""

    template = models.ForeignKey(Template, models.CASCADE, related_name="versions", verbose_name=_("template"))
    number = models.PositiveIntegerField(_("version"))
    content = models.JSONField(_("content"))
    author = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("published by")
    )
    created_at = models.DateTimeField(_("published"), default=timezone.now)

    class Meta:
        verbose_name = _("version of a template")
        verbose_name_plural = _("versions of a template")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["template", "number"], name="template_version_is_unique")]

    def __str__(self) -> str:
        return f"{self.template} · {self.number}"
