"""A year of orders as plain facts, before any row is written."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random

from django.utils import timezone

from catalog.models import Variant
from shop.demo.goods import Shelf, is_sold_out
from shop.demo.trade.calendar import expected_orders, poisson, season_of
from shop.demo.trade.people import Crowd, Person

DAYS = 365
#: Orders of the last weeks are paid in ways that a shop without a card provider can also refund.
CARD_UNTIL = 21


@dataclass
class Purchase:
    """One order to be written: who, when, what, how paid, and what became of it."""

    person: Person
    at: datetime
    lines: list[tuple[Variant, int]] = field(default_factory=list)
    method: str = "card"
    is_paid: bool = True
    shipped_at: datetime | None = None
    cancelled: bool = False
    returned: bool = False


def invent(shelf: Shelf, crowd: Crowd, customers: list[Person], now: datetime) -> list[Purchase]:
    """Purchases in the order of their time, from a year ago until a few minutes ago."""
    chance, made = crowd.chance, []
    goods = Goods(shelf, chance)
    today = timezone.localdate(now)
    for back in range(DAYS, -1, -1):
        day = today - timedelta(days=back)
        for _ in range(poisson(chance, expected_orders(day, today))):
            at = timezone.make_aware(datetime.combine(day, time(chance.choice(HOURS), chance.randrange(60))))
            if at < now - timedelta(minutes=5):
                made.append(_one(goods, crowd, customers, at, now))
    made.append(_recent_order_of_ana(goods, customers[0], now))
    return sorted(made, key=lambda purchase: purchase.at)


HOURS = [8, 9, 10, 11, 12, 13, 16, 17, 18, 19, 20, 20, 21, 21, 21, 22, 22, 23]


def _one(goods: "Goods", crowd: Crowd, customers: list[Person], at: datetime, now: datetime) -> Purchase:
    chance, age = crowd.chance, (now - at).days
    known = [p for p in chance.choices(customers, k=4) if p.customer.date_joined <= at]
    person = known[0] if known and chance.random() < 0.62 else crowd.person()
    purchase = Purchase(person, at, goods.basket(at))
    ways, shares = (("card", "bank_transfer", "on_delivery"), (66, 20, 14)) if age > CARD_UNTIL else (
        ("bank_transfer", "on_delivery"), (60, 40),
    )  # fmt: skip
    purchase.method = chance.choices(ways, shares)[0]
    if age > 5 or (age > 2 and chance.random() < 0.7):
        purchase.shipped_at = at + timedelta(hours=chance.randint(14, 44))
        purchase.returned = age > 12 and chance.random() < 0.045
        purchase.cancelled = not purchase.returned and chance.random() < 0.02
    elif purchase.method == "bank_transfer":
        purchase.is_paid = chance.random() < 0.55
    if purchase.cancelled:
        purchase.shipped_at, purchase.is_paid = None, False
    return purchase


def _recent_order_of_ana(goods: "Goods", ana: Person, now: datetime) -> Purchase:
    ana.customer.date_joined = now - timedelta(days=300)
    return Purchase(ana, now - timedelta(hours=20), goods.basket(now), method="bank_transfer")


class Goods:
    """What people put into a basket: popular things more often, and what suits the season."""

    def __init__(self, shelf: Shelf, chance: Random) -> None:
        self.chance = chance
        self.by_product: dict[str, list[Variant]] = {}
        for variant in shelf.variants:
            if not is_sold_out(shelf.data[variant.product.slug], variant.combination):
                self.by_product.setdefault(variant.product.slug, []).append(variant)
        self.slugs = list(self.by_product)
        self.weights = {
            season: [self._pull(shelf.data[slug], season) for slug in self.slugs]
            for season in ("all", "winter", "summer", "gift")
        }

    @staticmethod
    def _pull(row: dict, season: str) -> float:
        wanted = row.get("season", "all")
        return row["popularity"] ** 1.4 * (
            2.0 if wanted == season != "all" else 0.6 if wanted not in (season, "all") else 1
        )

    def pick(self, at: datetime, many: int) -> list[str]:
        return self.chance.choices(self.slugs, self.weights[season_of(at.date())], k=many)

    def basket(self, at: datetime) -> list[tuple[Variant, int]]:
        many = self.chance.choices((1, 2, 3, 4), (48, 30, 15, 7))[0]
        wanted = dict.fromkeys(self.pick(at, many))
        return [
            (self.chance.choice(self.by_product[slug]), self.chance.choices((1, 2, 4), (78, 16, 6))[0])
            for slug in wanted
        ]
