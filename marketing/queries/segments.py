"""Who is in a segment, which segments somebody is in, and what they are worth."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum

from marketing.models import Profile, Segment, SegmentMembership
from marketing.segments.compiling import around
from marketing.segments.kinds.consents import channels, reached
from marketing.segments.kinds.orders import placed, with_net
from orders.promotions.tallies import Buyer

YEAR = timedelta(days=365)
SAMPLE = 10
# So many ids are sent back to the database instead of the rule.
FEW = 5000


@dataclass(frozen=True, slots=True)
class Figures:
    """How many people, what their orders of a year brought by currency (minor units), and whom we may write to."""

    size: int
    buyers: int
    value: list[tuple[str, int]]
    reach: list[tuple[str, int]]


def segments_of(profile: Profile) -> frozenset[str]:
    """Short names of the segments and frozen lists that somebody is in; one query."""
    inside = SegmentMembership.objects.filter(profile=profile, until=None).order_by()
    return frozenset(inside.values_list("segment__slug", flat=True))


def segments_of_buyer(buyer: Buyer) -> frozenset[str]:
    """For promotions: those of whoever signed in. An address that anybody may type opens nobody's segments."""
    if buyer.customer is None:
        return frozenset()
    inside = SegmentMembership.objects.filter(profile__customer=buyer.customer, until=None).order_by()
    return frozenset(inside.values_list("segment__slug", flat=True))


def choices() -> list[tuple[str, str]]:
    return list(Segment.objects.order_by("name", "pk").values_list("slug", "name"))


def people_of(segment: Segment) -> QuerySet[Profile]:
    """Who is in it, whoever came last first."""
    inside = SegmentMembership.objects.filter(profile=OuterRef("pk"), segment=segment, until=None)
    return Profile.objects.filter(Exists(inside)).order_by("-pk")


def figures(people: QuerySet[Profile], now: datetime) -> Figures:
    """Ask it within `at_large`. A rule that finds few is asked once, and then only about them."""
    few = list(people.order_by().values_list("pk", flat=True)[: FEW + 1])
    if len(few) <= FEW:
        people = Profile.objects.filter(pk__in=few)
    rows = placed(around(now), {"when": "within", "days": YEAR.days}).filter(profile__in=people.order_by().values("pk"))
    value = with_net(rows, around(now)).values("order__currency").annotate(sum=Sum("net")).order_by("order__currency")
    return Figures(
        size=len(few) if len(few) <= FEW else people.count(),
        buyers=rows.aggregate(n=Count("profile", distinct=True))["n"],
        value=list(value.values_list("order__currency", "sum")),
        reach=[(label, people.filter(reached(code, around(now)).q).count()) for code, label in channels()],
    )


def base_rate(now: datetime, days: int = 30) -> tuple[int, int]:
    """How many people of the shop ordered in the last days, and how many there are."""
    span = {"when": "within", "days": days}
    ordered = placed(around(now), span).aggregate(n=Count("profile", distinct=True))["n"]
    return ordered, Profile.objects.count()
