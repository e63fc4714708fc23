"""Setting a broadcast for its moment, and taking it back before it begins."""

from datetime import datetime

from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from marketing.broadcasts.times import first_moment
from marketing.channels import is_set_up
from marketing.models import Broadcast, TemplateVersion

Status = Broadcast.Status


class NotReady(Exception):
    """It cannot be sent as it is; `reasons` are sentences for the marketer."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def schedule(broadcast: Broadcast, now: datetime) -> None:
    """Let it go out at its moment, with what its letters say now. Raises NotReady, and leaves it as it was."""
    version = broadcast.template.newest
    rival = broadcast.rival.newest if broadcast.rival_id else None
    if wrong := reasons_against(broadcast, version, rival, now):
        raise NotReady(wrong)
    changes = {"status": Status.SCHEDULED, "version": version, "rival_version": rival, "planned_up_to": 0}
    drafts = Broadcast.objects.filter(pk=broadcast.pk, status=Status.DRAFT, updated_at=broadcast.updated_at)
    if not drafts.update(**changes, begins_at=begin_of(broadcast, now), updated_at=now):
        raise NotReady([_("Somebody else changed it meanwhile. Look again.")])
    broadcast.refresh_from_db()


def take_back(broadcast: Broadcast) -> bool:
    """A draft again, as long as nothing was planned; False when it had begun."""
    waiting = Broadcast.objects.filter(pk=broadcast.pk, status=Status.SCHEDULED)
    return bool(waiting.update(status=Status.DRAFT, version=None, rival_version=None, begins_at=None))


def begin_of(broadcast: Broadcast, now: datetime) -> datetime:
    """When its first message may leave. Whoever's hour was over when it was scheduled is written to at once."""
    is_local = broadcast.timing == Broadcast.Timing.LOCAL
    return max(now, first_moment(broadcast.scheduled_at, get_default_timezone(), is_local))


def reasons_against(
    broadcast: Broadcast, version: TemplateVersion | None, rival: TemplateVersion | None, now: datetime
) -> list[str]:
    found = []
    if version is None:
        found.append(_("The letter is not published yet: open its template and publish it."))
    if broadcast.rival_id and rival is None:
        found.append(_("The other letter is not published yet: open its template and publish it."))
    if broadcast.scheduled_at is None:
        found.append(_("Say on which day and at what time it is to go out."))
    elif broadcast.scheduled_at < now:
        found.append(_("That moment is over. Choose one to come."))
    if not is_set_up(broadcast.channel):
        found.append(_("Nothing is set up to send by this channel."))
    elif any(one is not None and one.kind != broadcast.channel for one in (broadcast.template, broadcast.rival)):
        found.append(_("The template is made for another channel. Choose one of the same."))
    return found
