"""Keeping the working copy of a template, publishing it, and going back to what it was."""

from datetime import datetime
from secrets import token_hex
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.listings.raster import NotAPicture, master_of
from customers.models import Customer
from marketing.blocks import Content
from marketing.blocks.checks import Finding, stops
from marketing.models import Template, TemplateVersion

__all__ = ["ChangedMeanwhile", "NotAPicture", "NotReady", "copy", "go_back", "keep", "publish", "take_picture", "undo"]


class ChangedMeanwhile(Exception):
    """Somebody else changed the working copy since it was shown."""


class NotReady(Exception):
    """The letter has faults that stop it; `findings` says which."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(findings)
        self.findings = findings


def keep(template: Template, content: Content, seen: int, *, undoable: bool = False) -> None:
    """Keep the working copy, finished or not, for a person who saw edition `seen`. Raises ChangedMeanwhile.

    With `undoable`, `undo` brings back what it was until now.
    """
    changes = {"draft": content.as_json(), "edition": seen + 1, "updated_at": timezone.now()}
    if undoable:
        changes["before"] = F("draft")
    if not Template.objects.filter(pk=template.pk, edition=seen).update(**changes):
        raise ChangedMeanwhile
    template.refresh_from_db()


def undo(template: Template, seen: int) -> None:
    """Bring back the working copy as it was; once more does it again. Raises ChangedMeanwhile."""
    if template.before is not None:
        keep(template, Content.read(template.before), seen, undoable=True)


@transaction.atomic
def publish(template: Template, author: Customer | None, now: datetime) -> TemplateVersion:
    """Make the working copy a version; the newest one again when nothing changed. Raises NotReady."""
    locked = Template.objects.select_for_update().get(pk=template.pk)
    content = Content.read(locked.draft)
    if wrong := stops(content, now):
        raise NotReady(wrong)
    newest = locked.newest
    if newest and newest.content == content.as_json():
        return newest
    number = newest.number + 1 if newest else 1
    return TemplateVersion.objects.create(
        template=locked, number=number, content=content.as_json(), author=author, created_at=now
    )


def go_back(template: Template, version: TemplateVersion, seen: int) -> None:
    """Let the working copy be that version again. Raises ChangedMeanwhile."""
    keep(template, Content.read(version.content), seen, undoable=True)


def copy(template: Template) -> Template:
    """A new template with the same working copy."""
    name = _("%(name)s (copy)") % {"name": template.name[:110]}
    return Template.objects.create(name=name, kind=template.kind, note=template.note, draft=template.draft)


def take_picture(file: IO[bytes]) -> str:
    """Store a picture for letters, decoded and written anew; its name in our storage. Raises NotAPicture."""
    content, _width, _height = master_of(file)
    return default_storage.save(f"letters/{token_hex(12)}.webp", ContentFile(content))
