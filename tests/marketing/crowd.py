"""People of every sort, by a seeded throw: what segments are asked about."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from random import Random

from catalog.models import Brand
from customers.models import Consent, CustomerGroup, Suppression
from marketing.models import (
    Episode,
    Event,
    Flow,
    Message,
    PastOrder,
    Profile,
    Purchase,
    Segment,
    SegmentMembership,
)
from orders.models import Order, OrderAddress, OrderLine, Payment, Promotion, PromotionUse, Refund, Shipment
from tests.makers import make_category, make_customer, make_product, make_variant

# A minute after midnight in the shop: days and windows end close by.
NOW = datetime(2026, 11, 20, 23, 1, tzinfo=UTC)
DAYS = [0, 1, 2, 7, 30, 31, 90, 400]
AMOUNTS = [1000, 2500, 2501, 5000]
NAMES = ["Ada Lovelace", "ÁNGELA Müller", "ivan", "", "Анна Ким"]
TOWNS = [("ES", "46002", "Valencia"), ("ES", "08001", "Barcelona"), ("GB", "sw1a 1aa", "London")]
_numbers = count(1)


def make_profile(email: str = "", **fields) -> Profile:
    return Profile.objects.create(email=email or f"person{next(_numbers)}@example.com", **fields)


def make_event(profile: Profile, type: str = "product_viewed", at: datetime = NOW, **fields) -> Event:
    return Event.objects.create(profile=profile, type=type, occurred_at=at, **fields)


def buy(
    profile: Profile, at: datetime = NOW, amount: int = 4900, currency: str = "EUR", status="placed", **fields
) -> Order:
    """An order of theirs; `back` of it was given back, `variant` is what was in it."""
    back, variant = fields.pop("back", 0), fields.pop("variant", None)
    placed = {"number": f"C-{next(_numbers)}", "placed_at": at} if status == "placed" else {}
    order = Order.objects.create(
        status=status, email=profile.email, currency=currency, goods_total=amount, net_total=amount, tax_total=0,
        total=amount, payment_status="partly_refunded" if back else "paid", paid_at=at, **placed, **fields,
    )  # fmt: skip
    Purchase.objects.create(order=order, profile=profile)
    if back:
        payment = Payment.objects.create(order=order, method="bank_transfer", amount=amount, currency=currency)
        Refund.objects.create(payment=payment, amount=back, goodwill=back, status="succeeded", created_at=at)
        Refund.objects.create(payment=payment, amount=1, goodwill=1, status="failed", created_at=at)
    if variant:
        OrderLine.objects.create(
            order=order, variant=variant, product_name=variant.product.name, sku=variant.sku, kind="physical",
            quantity=1,
            unit_price=amount, tax_rate_bp=0, net=amount, tax=0, gross=amount,
        )  # fmt: skip
    return order


@dataclass
class World:
    """Goods, a code and a frozen list to choose from."""

    variants: list
    categories: list
    brands: list
    promotion: Promotion
    flow: Flow
    snapshot: Segment


def make_world() -> World:
    home = make_category("Home")
    below = make_category("Blankets", home)
    other = make_category("Books")
    brands = [Brand.objects.create(name=name, slug=name.lower()) for name in ("Lana", "Lino")]
    variants = [
        make_variant(make_product("Wool blanket", below, brand=brands[0])),
        make_variant(make_product("Lamp", home, brand=brands[1])),
        make_variant(make_product("Novel", other)),
    ]
    CustomerGroup.objects.create(code="trade", name="Trade")
    promotion = Promotion.objects.create(name="Welcome", benefit="order_percent", percent=10)
    flow = Flow.objects.create(name="Left carts")
    snapshot = Segment.objects.create(slug="frozen", name="Frozen", kind="snapshot")
    Segment.objects.create(slug="asked", name="Asked", rule=ASKED)
    return World(variants, [home, below, other], brands, promotion, flow, snapshot)


ASKED = {
    "version": 1, "match": "any", "parts": [
        {"kind": "orders", "count": {"compare": "at-least", "number": 2}, "when": {"when": "within", "days": 90}},
        {"kind": "name", "words": "ada"},
    ],
}  # fmt: skip


def at(chance: Random) -> datetime:
    """A moment in the past, and often on an edge: so many whole days ago, a microsecond to either side, midnight."""
    days = timedelta(days=chance.choice(DAYS))
    edge = chance.choice([timedelta(0), timedelta(microseconds=1), -timedelta(microseconds=1), timedelta(hours=5)])
    return min(NOW - days + edge, NOW) if chance.random() < 0.8 else datetime(2026, 11, 19, 23, tzinfo=UTC) - days


def populate(number: int, world: World, chance: Random) -> list[Profile]:
    people = [_person(chance) for _each in range(number)]
    for profile in people:
        _act(profile, world, chance)
        _order(profile, world, chance)
        _speak(profile, world, chance)
    return people


def _person(chance: Random) -> Profile:
    fields = {"group_id": chance.choice([None, "trade"])} if chance.random() < 0.5 else None
    customer = make_customer(f"account{next(_numbers)}@example.com", **fields) if fields else None
    scores = {name: chance.choice([None, 1, 3, 5]) for name in ("recency", "frequency", "money")}
    return make_profile(
        f"person{next(_numbers)}@{chance.choice(['gmail.com', 'example.com'])}",
        customer=customer, name=chance.choice(NAMES), language=chance.choice(["en", "es", "ru", ""]),
        country=chance.choice(["ES", "PT", ""]), stage=chance.choice(Profile.Stage.values), stage_since=at(chance),
        birthday=chance.choice([None, date(1990, 11, 21), date(1988, 2, 29), date(2001, 11, 28)]),
        created_at=at(chance),
        seen_at=chance.choice([None, at(chance)]), **scores,
    )  # fmt: skip


def _act(profile: Profile, world: World, chance: Random) -> None:
    for _each in range(chance.choice([0, 1, 2, 5])):
        type_ = chance.choice(["product_viewed", "added_to_cart", "category_viewed", "searched"])
        goods = {"category": chance.choice(world.categories)} if type_ == "category_viewed" else {}
        if type_ in ("product_viewed", "added_to_cart"):
            goods = {"product": chance.choice(world.variants).product}
        worth = chance.choice([{}, {"value": chance.choice(AMOUNTS), "currency": chance.choice(["EUR", "USD"])}])
        make_event(profile, type_, at(chance), text=chance.choice(["", "wool", "Wool Blanket"]), **goods, **worth)
    if chance.random() < 0.4:
        Episode.objects.create(
            profile=profile, step=chance.choice([1, 2, 3]), active_at=at(chance),
            ended_at=chance.choice([None, NOW]),
        )  # fmt: skip


def _order(profile: Profile, world: World, chance: Random) -> None:
    for _each in range(chance.choice([0, 0, 1, 2, 3])):
        amount = chance.choice(AMOUNTS)
        order = buy(
            profile, at(chance), amount, chance.choice(["EUR", "EUR", "USD"]),
            chance.choice(["placed", "placed", "cancelled"]),
            back=chance.choice([0, 0, 500, amount]), variant=chance.choice(world.variants),
        )  # fmt: skip
        country, postcode, city = chance.choice(TOWNS)
        OrderAddress.objects.create(
            order=order, kind="delivery", name="A", line1="B", country=country, postcode=postcode, city=city
        )
        if chance.random() < 0.4:
            PromotionUse.objects.create(
                promotion=world.promotion, order=order, name="Welcome", code="Lumbre-10", code_key="LUMBRE10", amount=1,
                currency=order.currency, email=order.email, day=NOW.date(), released_at=chance.choice([None, NOW]),
            )  # fmt: skip
        if chance.random() < 0.5:
            day = NOW.date() - timedelta(days=chance.choice(DAYS))
            Shipment.objects.create(order=order, arrived_on=chance.choice([None, day]))


def _speak(profile: Profile, world: World, chance: Random) -> None:
    for _each in range(chance.choice([0, 1, 2])):
        Consent.objects.create(
            email=profile.email, purpose=chance.choice(["marketing", "marketing", "analytics"]), channel="email",
            status=chance.choice(Consent.Status.values), wording="w", source="s", created_at=at(chance),
        )  # fmt: skip
    if chance.random() < 0.2:
        Suppression.objects.create(email=profile.email, reason="bounced", created_at=at(chance))
    if chance.random() < 0.5:
        sent = at(chance)
        Message.objects.create(
            key=f"m{profile.pk}", flow=world.flow, profile=profile, address=profile.email, language="en",
            planned_for=sent, deadline=sent,
            status="handed_over", handed_over_at=sent, claimed_at=sent, clicked_at=chance.choice([None, sent]),
        )  # fmt: skip
    for number in range(chance.choice([0, 0, 1, 2])):
        PastOrder.objects.create(
            source="old", reference=f"{profile.pk}-{number}", profile=profile, placed_at=at(chance),
            value=chance.choice([-500, *AMOUNTS]), currency=chance.choice(["EUR", "USD"]),
        )  # fmt: skip
    if chance.random() < 0.3:
        SegmentMembership.objects.create(segment=world.snapshot, profile=profile, since=NOW - timedelta(days=1))
