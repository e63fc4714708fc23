"""What visitors left behind: views, and carts that were never ordered."""

from datetime import datetime, timedelta

from catalog.models import Product
from marketing.models import Event
from orders.models import Cart, CartLine, Order
from shop.demo.trade.flows import remember_reminders
from shop.demo.trade.people import Crowd, Person
from shop.demo.trade.purchases import Goods

CARTS = 64
VIEWS_PER_ORDER = 14


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


def leave_carts(goods: Goods, crowd: Crowd, customers: list[Person], now: datetime) -> None:
    """Carts of the last month: some by customers, some by guests who typed their address, some by nobody known."""
    chance = crowd.chance
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
    remember_reminders(carts, customers, now)
