"""Shopping episodes: one at a time for each person, from the first look to an order or to thirty days of silence."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import DateTimeField, ExpressionWrapper, F
from django.db.models.functions import Greatest

from marketing.models import Episode, Profile, Visitor

SILENCE = timedelta(days=30)


def reach(visitor_id: int | None, profile_id: int | None, step: int, now: datetime) -> None:
    """Somebody got as far as this step; an episode begins when none is under way. One statement in most cases.

    Without a profile it is the visitor's. Raises ValueError when it is nobody's.
    """
    if not (visitor_id or profile_id):
        raise ValueError("An episode is somebody's.")
    mine = Episode.objects.filter(ended_at=None, **_owner(visitor_id, profile_id))
    further = {"step": Greatest("step", step), "active_at": Greatest("active_at", now)}
    if mine.filter(active_at__gt=now - SILENCE).update(**further):
        return
    with transaction.atomic():
        fall_silent(now, mine)
        begun = Episode(profile_id=profile_id, visitor_id=visitor_id, step=step, started_at=now, active_at=now)
        # Another tab of his was faster: the episode is there.
        Episode.objects.bulk_create([begun], ignore_conflicts=True)


def _owner(visitor_id: int | None, profile_id: int | None) -> dict:
    return {"profile_id": profile_id} if profile_id else {"profile": None, "visitor_id": visitor_id}


def end_with_order(profile_id: int, now: datetime) -> None:
    """An order was placed: that was it. Who came straight to the till had an episode, too."""
    mine, last = Episode.objects.filter(profile_id=profile_id), Greatest("active_at", now)
    ended = {"step": Episode.Step.ORDERED, "active_at": last, "ended_at": last}
    is_told = mine.filter(step=Episode.Step.ORDERED, ended_at__gte=now)
    if not mine.filter(ended_at=None, started_at__lte=now).update(**ended) and not is_told.exists():
        times = {"started_at": now, "active_at": now, "ended_at": now}
        Episode.objects.create(profile_id=profile_id, step=Episode.Step.ORDERED, **times)


def fall_silent(now: datetime, episodes=None) -> int:
    """End what nobody went on with for thirty days, on the day it fell silent; says how many."""
    rows = Episode.objects.all() if episodes is None else episodes
    quiet = rows.filter(ended_at=None, active_at__lte=now - SILENCE)
    over = ExpressionWrapper(F("active_at") + SILENCE, output_field=DateTimeField())
    return quiet.update(ended_at=over)


def hand_over(visitor: Visitor, profile: Profile) -> None:
    """What was nobody's is the profile's; of two that are under way one is left, with the deeper step."""
    nobodys = Episode.objects.filter(visitor=visitor, profile=None)
    mine = Episode.objects.select_for_update().filter(profile=profile, ended_at=None).first()
    other = nobodys.filter(ended_at=None).first()
    if mine and other:
        mine.step, mine.started_at = max(mine.step, other.step), min(mine.started_at, other.started_at)
        mine.active_at = max(mine.active_at, other.active_at)
        mine.save(update_fields=["step", "started_at", "active_at"])
        other.delete()
    nobodys.update(profile=profile)
