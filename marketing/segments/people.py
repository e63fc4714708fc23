"""What is known of a person, read for many in a fixed number of queries; only what the rule needs."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import F

from customers.models import Consent, Suppression
from marketing.models import Episode, Event, Message, PastOrder, Profile, Purchase, SegmentMembership
from orders.models import Order, OrderAddress, OrderLine, PromotionUse, Refund, Shipment

EVENTS, ORDERS, PAST, CONSENT = "events", "orders", "past", "consent"
EPISODE, MESSAGES, LISTS = "episode", "messages", "lists"


@dataclass(frozen=True, slots=True)
class Seen:
    """An event, with the place of its goods: product, brand, path of the category."""

    type: str
    at: datetime
    text: str
    value: int
    currency: str
    product: int | None
    brand: int | None
    path: str


@dataclass(slots=True)
class Bought:
    """A placed order. `net` is its total less what went back, in minor units."""

    at: datetime
    currency: str
    net: int
    goods: list[tuple[int, int | None, str]] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    arrived: list[date] = field(default_factory=list)
    # Country, postcode and town of the address it went to.
    place: tuple[str, str, str] = ("", "", "")


@dataclass(slots=True)
class Person:
    profile: Profile
    group: str = ""
    events: list[Seen] = field(default_factory=list)
    orders: list[Bought] = field(default_factory=list)
    # Orders in another system: when, minor units, currency.
    past: list[tuple[datetime, int, str]] = field(default_factory=list)
    # The newest statement by channel, and whether the address is barred.
    consents: dict[str, str] = field(default_factory=dict)
    is_barred: bool = False
    # The step of the open episode, and when it was last active.
    episode: tuple[int, datetime] | None = None
    sent: list[datetime] = field(default_factory=list)
    clicked: list[datetime] = field(default_factory=list)
    # Short names of the frozen lists he is on.
    lists: set[str] = field(default_factory=set)


def people_of(ids: Iterable[int], needs: frozenset[str], now: datetime) -> dict[int, Person]:
    """The people by their id, as they are known at that moment."""
    profiles = Profile.objects.filter(pk__in=list(ids)).select_related("customer")
    people = {one.pk: Person(one, (one.customer.group_id or "") if one.customer else "") for one in profiles}
    for need, read in READERS.items():
        if need in needs and people:
            read(people, now)
    return people


def _read_events(people: dict[int, Person], now: datetime) -> None:
    rows = Event.objects.filter(profile__in=people, occurred_at__lte=now).order_by("pk")
    told = rows.values_list(
        "profile", "type", "occurred_at", "text", "value", "currency",
        "product", "product__brand", "product__category__path", "category__path",
    )  # fmt: skip
    for pk, type_, at, text, value, currency, product, brand, path, own_path in told:
        people[pk].events.append(Seen(type_, at, text, value or 0, currency, product, brand, path or own_path or ""))


def _read_orders(people: dict[int, Person], now: datetime) -> None:
    placed = Purchase.objects.filter(
        profile__in=people, order__status=Order.Status.PLACED, order__placed_at__lte=now
    ).select_related("order")
    orders = {}
    for row in placed.order_by("order__placed_at", "order"):
        orders[row.order_id] = bought = Bought(row.order.placed_at, row.order.currency, row.order.total)
        people[row.profile_id].orders.append(bought)
    back = Refund.objects.filter(payment__order__in=orders, status=Refund.Status.SUCCEEDED, created_at__lte=now)
    for order, amount in back.values_list("payment__order", "amount"):
        orders[order].net -= amount
    lines = OrderLine.objects.filter(order__in=orders, variant__isnull=False).annotate(goods=F("variant__product"))
    told = lines.values_list("order", "goods", "variant__product__brand", "variant__product__category__path")
    for order, product, brand, path in told:
        orders[order].goods.append((product, brand, path))
    uses = PromotionUse.objects.filter(order__in=orders, released_at=None).exclude(code_key="")
    for order, key in uses.values_list("order", "code_key"):
        orders[order].codes.add(key)
    arrived = Shipment.objects.filter(order__in=orders, arrived_on__isnull=False)
    for order, day in arrived.values_list("order", "arrived_on"):
        orders[order].arrived.append(day)
    places = OrderAddress.objects.filter(order__in=orders, kind=OrderAddress.Kind.DELIVERY)
    for order, country, postcode, city in places.values_list("order", "country", "postcode", "city"):
        orders[order].place = (str(country), postcode, city)


def _read_past(people: dict[int, Person], now: datetime) -> None:
    rows = PastOrder.objects.filter(profile__in=people, placed_at__lte=now)
    for pk, *told in rows.values_list("profile", "placed_at", "value", "currency"):
        people[pk].past.append(tuple(told))


def _read_consent(people: dict[int, Person], now: datetime) -> None:
    whose = {person.profile.email: person for person in people.values()}
    said = Consent.objects.filter(email__in=whose, purpose=Consent.Purpose.MARKETING, created_at__lte=now)
    for email, channel, status in said.order_by("pk").values_list("email", "channel", "status"):
        whose[email].consents[channel] = status
    for email in Suppression.objects.filter(email__in=whose, created_at__lte=now).values_list("email", flat=True):
        whose[email].is_barred = True


def _read_episode(people: dict[int, Person], now: datetime) -> None:
    rows = Episode.objects.filter(profile__in=people, ended_at=None)
    for pk, step, at in rows.values_list("profile", "step", "active_at"):
        people[pk].episode = (step, at)


def _read_messages(people: dict[int, Person], now: datetime) -> None:
    rows = Message.objects.filter(profile__in=people, handed_over_at__isnull=False)
    for pk, sent, clicked in rows.values_list("profile", "handed_over_at", "clicked_at"):
        people[pk].sent.append(sent)
        people[pk].clicked += [clicked] if clicked else []


def _read_lists(people: dict[int, Person], now: datetime) -> None:
    rows = SegmentMembership.objects.filter(profile__in=people, until=None, segment__kind="snapshot")
    for pk, slug in rows.values_list("profile", "segment__slug"):
        people[pk].lists.add(slug)


READERS = {
    EVENTS: _read_events,
    ORDERS: _read_orders,
    PAST: _read_past,
    CONSENT: _read_consent,
    EPISODE: _read_episode,
    MESSAGES: _read_messages,
    LISTS: _read_lists,
}
