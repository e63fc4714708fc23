"""How people stand with the shop: orders, money, fifths and stage, kept in the row of their profile."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from marketing import events
from marketing.models import Event, Measures, Profile
from marketing.queries.facts import facts_of
from marketing.stages import Borders, Facts, fifth_of, stage_of

NUMBERS = ("orders_count", "first_order_at", "last_order_at", "spent", "spent_year")
FIFTHS = ("recency", "frequency", "money")
KEPT = [*NUMBERS, *FIFTHS, "stage", "stage_since"]


def borders_of(measures: Measures | None) -> Borders:
    """What last night's measures say; the fixed days while there are none."""
    if measures is None:
        return Borders()
    return Borders(measures.risk_days, measures.lapse_days, measures.vip_from)


@transaction.atomic
def work_out(profile_ids: Iterable[int], now: datetime, measures: Measures | None = None) -> int:
    """Bring these profiles up to date; says how many changed. Run twice, nothing more happens.

    A change of stage is a fact of the log, and `stage_changed` is announced after the commit.
    """
    measures = measures or Measures.objects.first()
    profiles = list(Profile.objects.filter(pk__in=list(profile_ids)).order_by("pk"))
    found, borders = facts_of(profiles, now), borders_of(measures)
    changed, moves = [], []
    for profile in profiles:
        before = [getattr(profile, name) for name in KEPT]
        was = profile.stage
        _count(profile, found[profile.pk], measures, now)
        stage, _why = stage_of(found[profile.pk], borders, now)
        if stage != was:
            profile.stage, profile.stage_since = stage, now
            moves.append((profile.pk, was, str(stage)))
        if before != [getattr(profile, name) for name in KEPT]:
            changed.append(profile)
    Profile.objects.bulk_update(changed, KEPT, batch_size=100)
    _tell(moves, now)
    return len(changed)


def why(profile: Profile, now: datetime) -> str:
    """A sentence for whoever asks why the person is in his stage."""
    return stage_of(facts_of([profile], now)[profile.pk], borders_of(Measures.objects.first()), now)[1]


def _count(profile: Profile, facts: Facts, measures: Measures | None, now: datetime) -> None:
    orders = facts.orders
    profile.orders_count = len(orders)
    profile.first_order_at, profile.last_order_at = (orders[0], orders[-1]) if orders else (None, None)
    profile.spent, profile.spent_year = facts.spent, facts.spent_year
    profile.recency = profile.frequency = profile.money = None
    if orders and measures:
        # The fewer days ago, the better.
        quiet = fifth_of((now - orders[-1]).days, measures.recency)
        profile.recency = None if quiet is None else 6 - quiet
        profile.frequency = fifth_of(len(orders), measures.frequency)
        profile.money = fifth_of(facts.spent, measures.money)


def _tell(moves: list[tuple[int, str, str]], now: datetime) -> None:
    Event.objects.bulk_create(
        Event(type=Event.Type.STAGE, profile_id=pk, text=f"{before}>{after}", occurred_at=now)
        for pk, before, after in moves
    )

    def announce() -> None:
        for pk, before, after in moves:
            events.stage_changed.send_robust(sender=Profile, profile_id=pk, before=before, after=after)

    if moves:
        transaction.on_commit(announce, robust=True)
