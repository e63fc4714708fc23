"""What people read before they bought: pages of text, and how many of their readers ordered within a month.

Says nothing of cause: who is about to buy reads more. A page is worth an experiment when enough people read it.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Min, Q

from marketing.models import Event, Purchase
from orders.models import Order

SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Page:
    """`readers` are people, and browsers whose owners agreed to be recognised; `buyers` ordered within a month."""

    text: str
    readers: int
    buyers: int

    @property
    def rate(self) -> float:
        return self.buyers / self.readers if self.readers else 0.0


def pages_read(since: datetime, until: datetime) -> list[Page]:
    """Of each page that was read in the span, most readers first; a person counts once for a page. Two queries."""
    read = Event.objects.filter(
        Q(profile__isnull=False) | Q(visitor__isnull=False),
        type=Event.Type.READ,
        occurred_at__gte=since,
        occurred_at__lt=until,
    )
    orders = _orders(since, until + SOON)
    counted: dict[str, dict[tuple[str, int], bool]] = defaultdict(dict)
    rows = read.order_by().values_list("text", "profile_id", "visitor_id").annotate(at=Min("occurred_at"))
    for text, profile, visitor, at in rows.iterator(2_000):
        who = ("profile", profile) if profile else ("visitor", visitor)
        bought = any(at <= placed < at + SOON for placed in orders.get(who, ()))
        counted[text][who] = counted[text].get(who, False) or bought
    pages = [Page(text, len(people), sum(people.values())) for text, people in counted.items()]
    return sorted(pages, key=lambda page: (-page.readers, page.text))


def _orders(since: datetime, until: datetime) -> dict[tuple[str, int], list[datetime]]:
    """When people, and browsers that nobody's name is known of, ordered."""
    found = defaultdict(list)
    placed = Purchase.objects.filter(
        order__status=Order.Status.PLACED, order__placed_at__gte=since, order__placed_at__lt=until
    )
    for profile, visitor, at in placed.order_by().values_list("profile_id", "visitor_id", "order__placed_at"):
        found["profile", profile].append(at)
        if visitor:
            found["visitor", visitor].append(at)
    return found


def everybody(since: datetime, until: datetime) -> Page:
    """All whom we recognise and who were here in the span, and how many of them ordered in it: to compare with."""
    here = Event.objects.filter(profile__isnull=False, occurred_at__gte=since, occurred_at__lt=until).order_by()
    orders = Purchase.objects.filter(
        order__status=Order.Status.PLACED, order__placed_at__gte=since, order__placed_at__lt=until
    )
    people = here.aggregate(number=Count(F("profile"), distinct=True))["number"]
    return Page("", people, orders.order_by().aggregate(number=Count("profile", distinct=True))["number"])
