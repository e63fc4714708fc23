"""What visitors left behind: views, carts that were never ordered, and the reminders written to their owners."""

from datetime import datetime, timedelta

from catalog.models import Product
from marketing.models import Event, Flow, Message
from marketing.rules import Check, Rule, decision
from orders.models import Cart, CartLine, Order
from shop.demo.data import load, spread
from shop.demo.trade.people import Crowd, Person
from shop.demo.trade.purchases import Goods
from shop.newsletter import NEWS_WORDING

CARTS = 64
VIEWS_PER_ORDER = 14
LIVE_FOR = timedelta(days=120)


def leave_events(goods: Goods, crowd: Crowd, orders: list[Order]) -> None:
    """Views, additions and checkouts around each order, and the orders themselves."""
    chance, events = crowd.chance, []
    products = dict(Product.objects.values_list("slug", "pk"))
    for order in orders:
        seen = [products[slug] for slug in goods.pick(order.created_at, chance.randint(6, 2 * VIEWS_PER_ORDER - 6))]
        for pk in seen:
            at = order.created_at - timedelta(minutes=chance.randint(2, 2000))
            events.append(Event(type=Event.Type.VIEWED, product_id=pk, occurred_at=at))
            if chance.random() < 0.18:
                events.append(Event(type=Event.Type.ADDED, product_id=pk, occurred_at=at + timedelta(minutes=1)))
        for _ in range(chance.choice((1, 1, 2))):
            events.append(Event(type=Event.Type.CHECKOUT, occurred_at=order.created_at - timedelta(minutes=2)))
        events.append(
            Event(type=Event.Type.ORDERED, occurred_at=order.placed_at, dedupe_key=f"order_placed:{order.pk}")
        )
        if order.paid_at:
            events.append(Event(type=Event.Type.PAID, occurred_at=order.paid_at, dedupe_key=f"order_paid:{order.pk}"))
    Event.objects.bulk_create(events, batch_size=2000)


def write_flow(now: datetime) -> Flow:
    words = load("cart_reminder")
    return Flow.objects.create(
        trigger=Flow.Trigger.CART_ABANDONED, name="Abandoned cart", status=Flow.Status.LIVE, live_since=now - LIVE_FOR,
        **spread(subject=words["subject"], preheader=words["preheader"], heading=words["heading"], body=words["body"]),
    )  # fmt: skip


def leave_carts(goods: Goods, crowd: Crowd, customers: list[Person], now: datetime) -> None:
    """Carts of the last month: some by customers, some by guests who typed their address, some by nobody known."""
    flow, chance = write_flow(now), crowd.chance
    owners = iter(chance.sample(customers[1:], CARTS))
    carts, lines = [], []
    for number in range(CARTS):
        at = now - timedelta(minutes=30 + int(30 * 24 * 60 * (number / CARTS) ** 1.6))
        cart = Cart(created_at=at - timedelta(minutes=9), active_at=at)
        if number % 3 == 0:
            owner = next(owners)
            cart.customer, cart.email, cart.language = owner.customer, owner.email, owner.language
            cart.name = owner.name
        elif number % 3 == 1:
            guest = crowd.person()
            cart.email, cart.name, cart.language = guest.email, guest.name, guest.language
        carts.append(cart)
        for variant, quantity in goods.basket(at):
            name = getattr(variant.product, f"name_{cart.language}")
            lines.append(
                CartLine(
                    cart=cart, variant=variant, quantity=quantity, name=name, seen_price=variant.price, added_at=at
                )
            )
    Cart.objects.bulk_create(carts)
    CartLine.objects.bulk_create(lines)
    _remember_reminders(flow, carts, customers, now)


def _remember_reminders(flow: Flow, carts: list[Cart], customers: list[Person], now: datetime) -> None:
    """What the flow did about the older of these carts."""
    agreed = {person.email for person in customers if person.agreed}
    messages = []
    for cart in carts:
        planned_for = cart.active_at + flow.delay
        if not cart.email or now - cart.active_at < timedelta(hours=flow.deadline_hours):
            continue
        sent = cart.email in agreed
        messages.append(
            Message(
                key=f"cart_abandoned:{cart.pk}", flow=flow, priority=Message.Priority.CART, customer=cart.customer, cart=cart, address=cart.email,
                language=cart.language, planned_for=planned_for, created_at=planned_for,
                deadline=cart.active_at + timedelta(hours=flow.deadline_hours),
                subject=getattr(flow, f"subject_{cart.language}") if sent else "",
                status=Message.Status.HANDED_OVER if sent else Message.Status.SKIPPED,
                reason="" if sent else "no_consent", handed_over_at=planned_for if sent else None,
                claimed_at=planned_for if sent else None,
                clicked_at=planned_for + timedelta(hours=2) if sent and len(messages) % 4 == 0 else None,
                decision={"planned": decision(planned_for, _looked_at(cart, sent))},
            )
        )  # fmt: skip
    Message.objects.bulk_create(messages)


def _looked_at(cart: Cart, agreed: bool) -> list[Check]:
    """The rules that mattered, with what they saw."""
    return [
        Check(Rule.BUSY, True, f"{cart.active_at:%Y-%m-%d %H:%M}"),
        Check(Rule.EMPTY, True, ""),
        Check(Rule.NO_CONSENT, agreed, str(NEWS_WORDING) if agreed else ""),
    ]
