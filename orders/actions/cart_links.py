"""Goods put into somebody's cart together: from a link, or from an earlier order. What cannot be had is named."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from catalog.models import Variant
from customers.models import Customer
from orders.actions import carts, promotions
from orders.models import Cart, CartLine, CartLink, CartLinkLine, Order

SALT = "orders.cart-link"
HOLDS = timedelta(days=30)
MOST_LINES = 100


class LinkIsOver(Exception):
    """There is no such link, or its day is over."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Goods that are to go into a cart; `variant` None: they are no longer sold."""

    name: str
    variant: Variant | None
    quantity: int
    answers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Put:
    """What came of it: names of what is in the cart now, of what there was less of, and of what is not sold."""

    added: tuple[str, ...]
    fewer: tuple[str, ...]
    left_out: tuple[str, ...]


@transaction.atomic
def put(cart: Cart, wanted: Iterable[Wanted], now: datetime | None = None) -> Put:
    """Put what can be had on top of what lies in the cart. Raises carts.CartIsClosed."""
    added, fewer, left_out = [], [], []
    for one in wanted:
        took = _put(cart, one, now)
        (added if took == one.quantity else fewer if took else left_out).append(one.name)
    return Put(tuple(added), tuple(fewer), tuple(left_out))


def _put(cart: Cart, one: Wanted, now: datetime | None) -> int:
    """How many pieces went in."""
    if one.variant is None:
        return 0
    try:
        carts.add(cart, one.variant, one.quantity, now, one.answers)
        return one.quantity
    except carts.TooMany as refusal:
        rest = refusal.available - carts.pieces_of(cart, one.variant)
    except (carts.NotForSale, carts.NotAnswered, carts.NotThatMany):
        return 0
    try:
        return rest if rest > 0 and carts.add(cart, one.variant, rest, now, one.answers) else 0
    except (carts.TooMany, carts.NotForSale, carts.NotThatMany):
        return 0


@transaction.atomic
def empty(cart: Cart) -> None:
    """Take everything out. Raises carts.CartIsClosed."""
    for line in cart.lines.select_related("cart", "variant"):
        carts.set_quantity(line, 0)


def make(cart: Cart, customer: Customer | None, now: datetime | None = None) -> CartLink:
    """A link with what lies in the cart now, for thirty days; later changes of the cart do not change it."""
    now = now or timezone.now()
    with transaction.atomic():
        link = CartLink.objects.create(made_by=customer, created_at=now, expires_at=now + HOLDS)
        lines = CartLine.objects.filter(cart=cart).exclude(variant=None).order_by("pk")[:MOST_LINES]
        CartLinkLine.objects.bulk_create(
            CartLinkLine(link=link, variant_id=line.variant_id, quantity=line.quantity, answers=line.answers)
            for line in lines
        )
    return link


def token_of(link: CartLink) -> str:
    """The signed text of the link's address."""
    return signing.Signer(salt=SALT).sign(link.pk.hex).replace(":", "~")


def read(token: str, now: datetime | None = None) -> CartLink:
    """The link of a token. Raises LinkIsOver for forged, unknown and old ones alike."""
    try:
        pk = UUID(signing.Signer(salt=SALT).unsign(token.replace("~", ":")))
    except (signing.BadSignature, ValueError):
        raise LinkIsOver from None
    found = CartLink.objects.filter(pk=pk, expires_at__gt=now or timezone.now()).first()
    if found is None:
        raise LinkIsOver
    return found


def goods_of(link: CartLink) -> list[Wanted]:
    """What the link offers."""
    lines = link.lines.select_related("variant__product").order_by("pk")
    return [Wanted(line.variant.product.name, line.variant, line.quantity, line.answers) for line in lines]


def take_over(link: CartLink, cart: Cart, replaces: bool, now: datetime | None = None) -> Put:
    """Put the goods of a link, and its code, into a cart: on top of what is there, or instead of it."""
    with transaction.atomic():
        if replaces:
            empty(cart)
        done = put(cart, goods_of(link), now)
        CartLink.objects.filter(pk=link.pk).update(opened=F("opened") + 1)
    if link.code:
        try:
            promotions.enter(cart, link.code)
        except (promotions.NotTaken, promotions.TooManyCodes):
            # The goods are there all the same; the cart says which codes count.
            return done
    return done


def goods_of_order(order: Order) -> list[Wanted]:
    """What an earlier order held, with what was typed for it then."""
    typed = {(line.variant_id, line.answers_key): line.answers for line in CartLine.objects.filter(cart=order.cart_id)}
    return [
        Wanted(line.product_name, line.variant, line.quantity, typed.get((line.variant_id, line.answers_key), {}))
        for line in order.lines.select_related("variant__product").order_by("pk")
    ]
