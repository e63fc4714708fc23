"""Visits of people who agreed to be recognised: by which road they came, how far they got, what they read."""

from datetime import datetime, timedelta
from random import Random

from marketing.models import Episode, Event, Message, Profile, Purchase, Touch, Visitor

SEED = 20_261
NOBODYS = 2200
DAYS = 120
ROADS = [
    ({"source": "google", "medium": "organic"}, 34),
    ({"source": "google", "medium": "cpc", "campaign": "mantas", "click_id": "gclid:demo"}, 17),
    ({"source": "instagram.com", "medium": "referral"}, 15),
    ({"source": "newsletter", "medium": "email", "campaign": "autumn"}, 12),
    ({"source": "pinterest.com", "medium": "referral"}, 9),
    ({"source": "elmueble.com", "medium": "referral"}, 6),
]
# Of a hundred visits so many come by themselves.
BY_THEMSELVES = 30
READ = ["delivery", "returns", "about", "payment"]
Step, Type = Episode.Step, Event.Type


class Diary:
    """Rows while they are invented; written at once at the end."""

    def __init__(self, now: datetime) -> None:
        self.now, self.chance = now, Random(SEED)
        self.touches, self.episodes, self.events = [], [], []

    def visit(self, visitor: Visitor, profile_id: int | None, at: datetime, step: int) -> None:
        """One visit that ended at a step."""
        whose = {"visitor": visitor, "profile_id": profile_id}
        road = self._road()
        if road:
            self.touches.append(Touch(**whose, **road, landing="/", occurred_at=at))
        over = at + timedelta(minutes=self.chance.randint(2, 40))
        self.episodes.append(Episode(**whose, step=step, started_at=at, active_at=over, ended_at=over))
        for slug in READ:
            if self.chance.random() < (0.16 if step == Step.ORDERED else 0.05):
                self.events.append(Event(**whose, type=Type.READ, text=slug, occurred_at=at + timedelta(minutes=1)))

    def _road(self) -> dict | None:
        if self.chance.random() * 100 < BY_THEMSELVES:
            return None
        return dict(self.chance.choices([road for road, _weight in ROADS], [weight for _road, weight in ROADS])[0])

    def write(self) -> None:
        for rows in (self.touches, self.episodes, self.events):
            type(rows[0]).objects.bulk_create(rows, 2000)


def remember_visits(now: datetime) -> None:
    """Of the last months: those that led to an order, earlier ones of the same people, and many that led to nothing."""
    diary = Diary(now)
    since = now - timedelta(days=DAYS)
    bought = Purchase.objects.filter(order__placed_at__gte=since).select_related("order").order_by("pk")
    recognised = [row for row in bought if diary.chance.random() < 0.65]
    names = {row.profile_id: Visitor(profile_id=row.profile_id, created_at=since) for row in recognised}
    strangers = [Visitor(created_at=since) for _number in range(NOBODYS)]
    Visitor.objects.bulk_create([*names.values(), *strangers], 2000)
    for row in recognised:
        visitor, at = names[row.profile_id], row.order.placed_at
        diary.visit(visitor, row.profile_id, at - timedelta(minutes=25), Step.ORDERED)
        if diary.chance.random() < 0.5:
            earlier = at - timedelta(hours=diary.chance.randint(8, 160))
            diary.visit(visitor, row.profile_id, earlier, diary.chance.choice([Step.BROWSE, Step.BROWSE, Step.CART]))
    for visitor in strangers:
        at = since + timedelta(minutes=diary.chance.randint(0, DAYS * 24 * 60 - 60))
        step = diary.chance.choices([Step.BROWSE, Step.CART, Step.CHECKOUT], [79, 16, 5])[0]
        diary.visit(visitor, None, at, step)
    diary.write()
    _bring_back(now)


def _bring_back(now: datetime) -> None:
    """Whose message it was, by address; who clicked came back by it."""
    people = dict(Profile.objects.values_list("email", "pk"))
    messages = list(Message.objects.filter(profile=None))
    for message in messages:
        message.profile_id = people.get(message.address)
    Message.objects.bulk_update(messages, ["profile"], 500)
