"""What follows when a visitor who agreed to be recognised did something: last seen, how far he got, how he came."""

from datetime import datetime, timedelta
from uuid import UUID

from marketing.actions import episodes
from marketing.actions.profiles import stir
from marketing.models import Event, Profile, Touch, Visitor
from marketing.models.visitor import Episode

Step, Type = Episode.Step, Event.Type
LEADS_TO = {
    Type.VIEWED: Step.BROWSE,
    Type.BROWSED: Step.BROWSE,
    Type.SEARCHED: Step.BROWSE,
    Type.FILTERED: Step.BROWSE,
    Type.ADDED: Step.CART,
    Type.CHECKOUT: Step.CHECKOUT,
    Type.CHECKOUT_STEP: Step.CHECKOUT,
}
# So often is it worth a row that somebody is still here.
EVERY = timedelta(minutes=5)
# Whoever comes again by the same road within this time has only pressed a button of his browser.
SAME_ARRIVAL = timedelta(minutes=30)


def follow(key: UUID, types: list[str], now: datetime) -> None:
    """Keep up the visitor and his episode after these facts; nothing for a key that is nobody's any more."""
    visitor = Visitor.objects.filter(key=key).first()
    if visitor is None:
        return
    is_late = now - visitor.seen_at > EVERY
    if is_late:
        Visitor.objects.filter(pk=visitor.pk, seen_at__lt=now).update(seen_at=now)
    deepest = max((LEADS_TO[type] for type in types if type in LEADS_TO), default=None)
    if deepest:
        episodes.reach(visitor.pk, visitor.profile_id, deepest, now)
    if visitor.profile_id:
        if is_late:
            Profile.objects.filter(pk=visitor.profile_id).update(seen_at=now)
        stir([visitor.profile_id], now)


def arrive(key: UUID, road: dict[str, str], now: datetime, message_id: int | None = None) -> bool:
    """Write down by which road somebody came (the fields of a Touch); False for the same arrival told again."""
    visitor = Visitor.objects.filter(key=key).first()
    if visitor is None:
        return False
    short = {name: value[: Touch._meta.get_field(name).max_length] for name, value in road.items()}
    same = {name: short.get(name, "") for name in ("source", "medium", "campaign", "click_id")}
    if Touch.objects.filter(visitor=visitor, occurred_at__gt=now - SAME_ARRIVAL, message=message_id, **same).exists():
        return False
    whose = {"visitor": visitor, "profile_id": visitor.profile_id, "message_id": message_id}
    Touch.objects.create(**whose, **short, occurred_at=now)
    return True
