"""Things saved for later and wish lists: kept, shown to others, put in the cart, taken along at sign-in.

A list belongs to a customer, or to a guest who is known by the id in his signed cookie. Whoever changes a list locks
its row first.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Sum
from django.db.models.functions import Greatest
from django.utils import timezone

from catalog import personalising
from catalog.models import Personalisation, Product, Variant
from catalog.queries.prices import unit_price
from customers.models import Customer
from orders.actions import carts
from orders.models import Cart, CartLine, Order, OrderLine, Wish, WishList
from orders.models.wish_list import MOST_LISTS, MOST_PIECES, MOST_WISHES

Kind = WishList.Kind
# What a wish takes over from a line of a cart.
KEPT = ("name", "seen_price", "seen_extra", "answers", "answers_key")


class TooManyWishes(Exception):
    """A list holds so many things, or somebody has so many lists (the argument)."""


class BoughtAlready(Exception):
    """Somebody else has bought this wish; `left` pieces are still wanted."""

    def __init__(self, left: int):
        super().__init__(left)
        self.left = left


@dataclass(frozen=True, slots=True)
class Owner:
    """A customer, or a guest by the id in his cookie; neither before he has kept anything."""

    customer: Customer | None = None
    holder: UUID | None = None

    @property
    def terms(self) -> dict:
        """The condition for what is his; of somebody unknown nothing is."""
        if self.customer:
            return {"customer": self.customer}
        return {"customer": None, "holder": self.holder or UUID(int=0)}

    @property
    def columns(self) -> dict:
        """What a new list of his begins with. A guest has to have an id by then."""
        return {"customer": self.customer} if self.customer else {"holder": self.holder}


def lists_of(owner: Owner):
    """His lists with a name, the oldest first."""
    return WishList.objects.filter(kind=Kind.LIST, **owner.terms).order_by("created_at", "pk")


def begin(owner: Owner, name: str) -> WishList:
    """A new list. Raises TooManyWishes."""
    if lists_of(owner).count() >= MOST_LISTS:
        raise TooManyWishes(MOST_LISTS)
    return WishList.objects.create(name=name.strip()[:80], **owner.columns)


def for_later(owner: Owner) -> WishList:
    """Where he saves things for later, begun now if need be."""
    try:
        with transaction.atomic():
            return WishList.objects.get_or_create(kind=Kind.LATER, **owner.columns)[0]
    except IntegrityError:
        # Another tab of his was faster.
        return WishList.objects.get(kind=Kind.LATER, **owner.terms)


@transaction.atomic
def add(wish_list: WishList, variant: Variant, quantity: int = 1, answers: Mapping[str, str] | None = None) -> Wish:
    """Wish for a variant; of what is on the list already it becomes the larger number.

    Answers that do not fit what the product asks are left out: they are asked for again on the way to the cart.
    Raises carts.NotForSale, TooManyWishes.
    """
    _lock(wish_list)
    if not (variant.is_active and variant.product.status == Product.Status.PUBLISHED):
        raise carts.NotForSale(variant.sku)
    asked = list(Personalisation.objects.filter(product=variant.product_id)) if getattr(variant, "asks", True) else []
    told = _fitting(asked, answers or {})
    currency = Wish._meta.get_field("currency").default()
    price = unit_price(variant.pk, quantity)
    extra = personalising.extra_of(asked, told, currency)
    facts = {"name": variant.product.name, "answers": told, "seen_price": price.unit if price else 0}
    return _keep(wish_list, variant, personalising.key_of(told), quantity, facts | {"seen_extra": extra or 0})


@transaction.atomic
def save_for_later(line: CartLine, owner: Owner, now: datetime | None = None) -> Wish | None:
    """Take a line out of its cart and keep it. Raises carts.CartIsClosed, TooManyWishes; None for what is gone."""
    later = for_later(owner)
    _lock(later)
    if line.variant is None:
        return None
    facts = {name: getattr(line, name) for name in KEPT if name != "answers_key"} | {"currency": line.cart.currency}
    wish = _keep(later, line.variant, line.answers_key, line.quantity, facts)
    carts.set_quantity(line, 0, now)
    return wish


@transaction.atomic
def to_cart(wish: Wish, cart: Cart, quantity: int | None = None, now: datetime | None = None) -> CartLine:
    """Put a wish in a cart: its owner's own. What was saved for later is then only there.

    Raises what `carts.add` raises, and then nothing has changed.
    """
    if wish.variant is None:
        raise carts.NotForSale(wish.name)
    line = carts.add(cart, wish.variant, quantity or wish.quantity, now, wish.answers)
    if wish.wish_list.kind == Kind.LATER:
        wish.delete()
    return line


@transaction.atomic
def give(wish: Wish, cart: Cart, quantity: int = 1, now: datetime | None = None) -> CartLine:
    """Put a wish of somebody else in one's cart: with the order it is marked as bought.

    Raises BoughtAlready where fewer are still wanted, and what `carts.add` raises.
    """
    # The cart before the wish, as the till does: two tabs must not wait for each other.
    list(Cart.objects.select_for_update().filter(pk=cart.pk).values_list("pk"))
    wish = Wish.objects.select_for_update(of=("self",)).select_related("variant__product", "wish_list").get(pk=wish.pk)
    lying = CartLine.objects.filter(cart=cart, wish=wish).aggregate(sum=Sum("quantity"))["sum"] or 0
    if wish.left < quantity + lying:
        raise BoughtAlready(wish.left)
    if wish.variant is None:
        raise carts.NotForSale(wish.name)
    return carts.add(cart, wish.variant, quantity, now, wish.answers, wish=wish)


def claim(order: Order, wishes: Mapping[int, int]) -> None:
    """What of a new order fulfils wishes of others (pieces by wish) is bought. A step of the caller's transaction.

    Raises BoughtAlready; the caller rolls back then.
    """
    for pk, pieces in sorted(wishes.items()):
        open_ = Wish.objects.filter(pk=pk, bought__lte=F("quantity") - pieces)
        if not open_.update(bought=F("bought") + pieces):
            raise BoughtAlready(0)


def claim_again(order: Order) -> None:
    """The order came back to life. A step of the caller's transaction."""
    _count(order, 1)


def release(order: Order) -> None:
    """The order was called off: its wishes are open again. A step of the caller's transaction."""
    _count(order, -1)


def share(wish_list: WishList) -> str:
    """Show the list to whoever has its link; returns the key that belongs into it."""
    key = wish_list.key or secrets.token_urlsafe(12)
    _change(wish_list, key=key)
    return key


def unshare(wish_list: WishList) -> None:
    """Nobody else sees it any more; a link made later is another one."""
    _change(wish_list, key="")


def rename(wish_list: WishList, name: str, is_gift: bool) -> None:
    """Another name; as a gift list others see neither prices nor buy twice."""
    _change(wish_list, name=name.strip()[:80] or wish_list.name, is_gift=is_gift)


@transaction.atomic
def merge(owner: Owner, customer: Customer) -> None:
    """At sign-in the lists of the guest become the customer's. Doing it twice changes nothing."""
    if owner.holder is None:
        return
    guests = WishList.objects.select_for_update().filter(customer=None, holder=owner.holder).order_by("pk")
    names = {one.name: one for one in WishList.objects.filter(customer=customer, kind=Kind.LIST)}
    for one in list(guests):
        # A list that is shown to others stays as it is, with its link and what they have bought.
        namesake = None if one.key else names.get(one.name)
        into = for_later(Owner(customer)) if one.kind == Kind.LATER else namesake
        if into is None:
            WishList.objects.filter(pk=one.pk).update(customer=customer, holder=None)
            continue
        for wish in one.wishes.select_related("variant").exclude(variant=None):
            facts = {name: getattr(wish, name) for name in (*KEPT[:-1], "currency", "bought")}
            try:
                _keep(into, wish.variant, wish.answers_key, wish.quantity, facts)
            except TooManyWishes:
                break
        one.delete()


def _lock(wish_list: WishList) -> None:
    WishList.objects.select_for_update().get(pk=wish_list.pk)


def _keep(wish_list: WishList, variant: Variant, answers_key: str, quantity: int, facts: Mapping) -> Wish:
    there = Wish.objects.filter(wish_list=wish_list, variant=variant, answers_key=answers_key).first()
    if there is not None:
        there.quantity = max(there.quantity, min(quantity, MOST_PIECES))
        there.save(update_fields=["quantity"])
        return there
    if Wish.objects.filter(wish_list=wish_list).count() >= MOST_WISHES:
        raise TooManyWishes(MOST_WISHES)
    pieces = min(quantity, MOST_PIECES)
    return Wish.objects.create(wish_list=wish_list, variant=variant, answers_key=answers_key, quantity=pieces, **facts)


def _fitting(asked: list[Personalisation], answers: Mapping[str, str]) -> dict[str, str]:
    try:
        return personalising.check(asked, answers, timezone.localdate())
    except personalising.NotAnswered:
        return {}


def follow(steps: Mapping[OrderLine, int]) -> None:
    """Lines of an order became so much longer or shorter. A step of the caller's transaction."""
    for line, step in sorted(steps.items(), key=lambda item: item[0].wish_id or 0):
        if line.wish_id:
            _add(line.wish_id, step)


def _count(order: Order, sign: int) -> None:
    # By the order itself: whoever has not paid yet may have changed his cart since.
    wished = OrderLine.objects.filter(order=order).exclude(wish=None).order_by("wish_id")
    for pk, pieces in wished.values_list("wish_id").annotate(pieces=Sum(F("quantity") - F("cancelled"))):
        _add(pk, sign * pieces)


def _add(pk: int, pieces: int) -> None:
    Wish.objects.filter(pk=pk).update(bought=Greatest(F("bought") + pieces, 0))


def _change(wish_list: WishList, **changes) -> None:
    WishList.objects.filter(pk=wish_list.pk).update(**changes)
    for name, value in changes.items():
        setattr(wish_list, name, value)
