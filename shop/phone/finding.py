"""Whom somebody on the telephone is, and what he means: looked up by whatever he says."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import get_language

from catalog import markets
from catalog.models import Personalisation, Product, Variant
from catalog.queries.prices import quote
from catalog.search.find import find
from customers.models import Customer
from orders.actions import finding
from orders.models import Cart, Order
from orders.queries.availability import supplies_for
from shop.asking import Question, questions

MOST_PEOPLE, MOST_ORDERS = 6, 40
MOST_PRODUCTS, MOST_VARIANTS = 6, 40


@dataclass(frozen=True, slots=True)
class Person:
    """A customer with an account, or a guest known by his last order."""

    name: str
    email: str
    phone: str
    customer: Customer | None = None
    order: Order | None = None

    @property
    def key(self) -> str:
        return f"customer-{self.customer.pk}" if self.customer else f"guest-{self.order.pk}"


@dataclass(frozen=True, slots=True)
class Offered:
    """A variant with what it costs this buyer; `available` is None where nothing is counted."""

    variant: Variant
    words: str
    price: int | None
    available: int | None


@dataclass(frozen=True, slots=True)
class Goods:
    """A product that was found, what it asks, and its variants."""

    product: Product
    variants: list[Offered]
    questions: list[Question]


def people(typed: str) -> list[Person]:
    """Customers and guests whose mail, name or telephone begins like what was typed; those with an account first."""
    terms = finding.terms_of(typed)
    if not terms:
        return []
    orders = finding.find(Order.objects.placed(), typed).select_related("customer").prefetch_related("addresses")
    orders = list(orders.order_by("-id")[:MOST_ORDERS])
    found = {customer.pk: customer for customer in _customers(typed)}
    found |= {order.customer_id: order.customer for order in orders if order.customer}
    known = [Person(one.name, one.email, one.phone, customer=one) for one in found.values() if not one.is_staff]
    emails = {person.email for person in known}
    guests: dict[str, Person] = {}
    for order in orders:
        if order.customer_id is None and order.email not in emails:
            name = next((address.name for address in order.addresses.all()), "")
            guests.setdefault(order.email, Person(name, order.email, order.phone, order=order))
    return [*known[:MOST_PEOPLE], *list(guests.values())[:MOST_PEOPLE]]


def _customers(typed: str) -> Iterable[Customer]:
    words = Q()
    for word in typed.split()[:5]:
        words &= Q(name__icontains=word) | Q(email__istartswith=word) | Q(phone__icontains=word)
    return Customer.objects.filter(words, is_active=True, is_staff=False).order_by("-pk")[:MOST_PEOPLE]


def goods(typed: str, cart: Cart, answers: dict, faults: dict) -> list[Goods]:
    """What is for sale under an article number or a name, best first, at the prices of this buyer."""
    if not typed.strip():
        return []
    with markets.using(cart.market):
        products = list(find(typed, get_language() or "en").ids[:MOST_PRODUCTS])
        rows: dict[int, list[Offered]] = {}
        for offered in _offered(products, cart):
            rows.setdefault(offered.variant.product_id, []).append(offered)
        asked: dict[int, list[Personalisation]] = {}
        for one in Personalisation.objects.filter(product__in=list(rows)):
            asked.setdefault(one.product_id, []).append(one)
        return [
            Goods(rows[pk][0].variant.product, rows[pk], questions(asked.get(pk, ()), answers, faults, localdate()))
            for pk in products
            if pk in rows
        ]


def _offered(products: list[int], cart: Cart) -> Iterable[Offered]:
    variants = Variant.objects.for_sale().filter(product__in=products).select_related("product")
    variants = list(variants.prefetch_related("values").order_by("product", "pk")[:MOST_VARIANTS])
    ids = [variant.pk for variant in variants]
    prices, supplies = quote(ids, cart.market), supplies_for(cart, ids)
    for variant in variants:
        price = prices[variant.pk].steps[0] if variant.pk in prices and prices[variant.pk].steps else None
        # What a bundle can be made of is told when it is added.
        is_counted = variant.tracks_stock and variant.product.kind != Product.Kind.BUNDLE
        there = supplies[variant.pk].sellable if variant.pk in supplies else 0
        words = ", ".join(value.value for value in variant.values.all())
        yield Offered(variant, words, price.unit if price else None, there if is_counted else None)
