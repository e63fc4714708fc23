"""The cart: opened, filled, changed, and taken along at sign-in.

Whatever changes a cart locks its row first, so that two presses of a button queue.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from catalog import personalising
from catalog.models import Personalisation, Product, Variant
from catalog.models.listing import Revision
from catalog.personalising import NotAnswered
from catalog.prepared import Prepared
from catalog.quantities import quantities_of
from catalog.queries.prices import unit_price
from customers.models import Customer
from orders import events
from orders.actions.cart_refusals import CartIsClosed, NotForSale, NotInCurrency, NotThatMany, TooMany
from orders.models import Cart, CartLine, Order, Wish
from orders.models.cart import MAX_QUANTITY, MOST_CODES
from orders.queries.availability import free_for

__all__ = [
    "CartIsClosed",
    "NotAnswered",
    "NotForSale",
    "NotInCurrency",
    "NotThatMany",
    "TooMany",
    "Undo",
    "accept_prices",
    "add",
    "find",
    "merge",
    "open_for",
    "remember_guest",
    "pieces_of",
    "set_country",
    "set_currency",
    "set_quantity",
    "touch",
]

# What a line brings along into another cart.
KEPT = ("name", "seen_price", "seen_extra", "answers", "wish_id")


@dataclass(frozen=True, slots=True)
class Undo:
    """What was there before a change: add so many of this SKU, or set the line to it, to have it back."""

    sku: str
    quantity: int
    answers: dict[str, str] = dataclasses.field(default_factory=dict)


def find(customer: Customer | None = None, cart_id: UUID | str | None = None) -> Cart | None:
    """The open cart of a customer, or the guest's cart with that id. A guest never sees a customer's cart.

    It tells the `state` of the shop when it was read, and `has_pending`: whether an order of it waits for its money.
    """
    if customer is not None:
        cart = _OF_CUSTOMER.first(customer=customer.pk)
        if cart is not None:
            # His group is asked for with every price.
            cart.customer = customer
        return cart
    pk = _uuid(cart_id)
    return _OF_GUEST.first(pk=pk) if pk else None


def _with_state(carts):
    """Carts that tell the state of the shop and whether an order of theirs waits for its money, in the one query."""
    return carts.annotate(
        state=Subquery(Revision.objects.filter(pk=1).values("token")[:1]),
        has_pending=Exists(Order.objects.filter(cart=OuterRef("pk"), status=Order.Status.PENDING)),
    )


_OF_CUSTOMER = Prepared(lambda customer: _with_state(Cart.objects.open().of_shoppers().filter(customer=customer)))
_OF_GUEST = Prepared(lambda pk: _with_state(Cart.objects.open().of_shoppers().filter(pk=pk, customer=None)))


def open_for(
    customer: Customer | None = None, cart_id: UUID | str | None = None, language: str = "en", currency: str = ""
) -> Cart:
    """The open cart of a customer, or the guest's one with that id; a new one, in that currency, when there is none."""
    cart = find(customer, cart_id)
    if cart is not None:
        return cart
    currency = currency or settings.SHOP_CURRENCY
    if customer is None:
        cart = Cart.objects.create(language=language, currency=currency)
        # Nobody else knows its key yet, so that nothing can lie in it.
        cart.is_begun = True
        return cart
    try:
        with transaction.atomic():
            return Cart.objects.create(
                customer=customer, language=language, currency=currency, email=customer.email, name=customer.name
            )
    except IntegrityError:
        # Another tab of his was faster.
        return Cart.objects.open().of_shoppers().get(customer=customer)


@transaction.atomic
def add(
    cart: Cart,
    variant: Variant,
    quantity: int = 1,
    now: datetime | None = None,
    answers: Mapping[str, str] | None = None,
    wish: Wish | None = None,
) -> CartLine:
    """Put pieces of a variant in the cart, on top of what lies there with the same answers for the same wish, if any.

    `answers` are what was typed, by the key of the personalisation; `wish` is somebody else's that it is to fulfil.
    Raises NotForSale, NotAnswered, NotThatMany, TooMany, CartIsClosed, and ValueError for a quantity below one; the
    cart is then as it was.
    """
    if quantity < 1:
        raise ValueError(quantity)
    # Of one that was begun in this request nobody else knows the key, and it was touched by beginning it.
    if not getattr(cart, "is_begun", False):
        _lock_and_touch(cart, now or timezone.now())
    _refuse_unsold(variant)
    asked = _asked_of(variant)
    told = personalising.check(asked, answers or {}, timezone.localdate(now))
    key = personalising.key_of(told)
    lying = [] if vars(cart).pop("is_begun", False) else _OF_VARIANT(cart=cart.pk, variant=variant.pk)
    there = {(line.answers_key, line.wish_id): line for line in lying}
    line = there.pop((key, wish.pk if wish else None), None)
    line = line or CartLine(cart=cart, variant=variant, quantity=0, answers=told, answers_key=key, wish=wish)
    others = _pieces(there.values())
    _refuse_quantity(variant, line.quantity + quantity + others)
    _refuse_too_many(cart, variant, line.quantity + quantity, others)
    line.quantity += quantity
    line.seen_extra = _extra(asked, told, cart.currency)
    _save(line, variant)
    _note(cart, line, variant, quantity, now)
    return line


_OF_VARIANT = Prepared(lambda cart, variant: CartLine.objects.filter(cart=cart, variant=variant))


@transaction.atomic
def set_quantity(line: CartLine, quantity: int, now: datetime | None = None) -> Undo:
    """Set how many there are; 0 removes the line. Returns what was there before.

    Raises NotForSale, NotThatMany, TooMany, CartIsClosed, and ValueError below zero; the cart is then as it was.
    """
    if quantity < 0:
        raise ValueError(quantity)
    _lock(line.cart)
    line = CartLine.objects.select_related("cart", "variant").filter(pk=line.pk).first() or line
    before = Undo(line.variant.sku if line.variant else "", line.quantity, line.answers)
    if quantity == 0:
        CartLine.objects.filter(pk=line.pk).delete()
    elif line.variant is None:
        raise NotForSale(line.name)
    else:
        _refuse_unsold(line.variant)
        others = _pieces(_beside(line))
        _refuse_quantity(line.variant, quantity + others)
        _refuse_too_many(line.cart, line.variant, quantity, others)
        line.quantity = quantity
        _save(line, line.variant)
    touch(line.cart, now)
    if quantity != before.quantity:
        _note(line.cart, line, line.variant, quantity - before.quantity, now)
    return before


@transaction.atomic
def merge(guest_cart: Cart | None, customer: Customer, now: datetime | None = None) -> Cart:
    """Take a guest's cart along at sign-in; returns the customer's open cart.

    Without an open cart of his own the guest's becomes his. Else its lines go into his: of two quantities the larger
    one, capped by what can be had, and the guest's cart is MERGED. Doing it twice changes nothing.
    """
    guest, own = _locked_pair(guest_cart, customer)
    if guest is None:
        return own or open_for(customer)
    if own is None and _adopt(guest, customer):
        touch(guest, now)
        return guest
    own = own or open_for(customer)
    # What he chose last, as a guest, is what he wants to pay in.
    set_currency(own, guest.currency)
    for line in guest.lines.select_related("variant__product").exclude(variant=None):
        _carry_over(line, own)
    # The codes he typed as a guest come along; the till says which of them still count.
    own.codes = [*own.codes, *(code for code in guest.codes if code not in own.codes)][:MOST_CODES]
    own.credit = [*own.credit, *(card for card in guest.credit if card not in own.credit)][:MOST_CODES]
    Cart.objects.filter(pk=own.pk).update(codes=own.codes, credit=own.credit)
    Cart.objects.filter(pk=guest.pk).update(status=Cart.Status.MERGED, merged_into=own)
    touch(own, now)
    return own


def touch(cart: Cart, now: datetime | None = None) -> None:
    """The shopper did something with his cart: it is not left behind."""
    cart.active_at = now or timezone.now()
    Cart.objects.filter(pk=cart.pk, active_at__lt=cart.active_at).update(active_at=cart.active_at)


def remember_guest(cart: Cart, email: str = "", name: str = "", country: str = "") -> None:
    """Keep what a guest typed at the checkout, for the next page and (with consent) for a reminder."""
    typed = {"email": email.strip().lower(), "name": name.strip(), "country": country}
    changes = {field: value for field, value in typed.items() if value and value != getattr(cart, field)}
    for field, value in changes.items():
        setattr(cart, field, value)
    if changes:
        Cart.objects.open().filter(pk=cart.pk).update(**changes)


def set_currency(cart: Cart, currency: str) -> None:
    """From now on the cart is paid in that currency; each line costs what it costs in it, or is not sold in it.

    Nothing is converted. A cart that was ordered or merged stays as it is.
    """
    if cart.currency == currency:
        return
    with transaction.atomic():
        if not Cart.objects.select_for_update().open().filter(pk=cart.pk).exists():
            return
        cart.currency = currency
        Cart.objects.filter(pk=cart.pk).update(currency=currency)
        accept_prices(cart)


def accept_prices(cart: Cart) -> None:
    """The shopper has seen today's prices: nothing has changed since then any more."""
    for line in cart.lines.select_related("variant").exclude(variant=None):
        asked = Personalisation.objects.filter(product=line.variant.product_id) if line.answers else ()
        price = unit_price(line.variant_id, line.quantity, cart.market)
        extra = personalising.extra_of(asked, line.answers, cart.currency)
        now = {
            "seen_price": price.unit if price else line.seen_price,
            "seen_extra": line.seen_extra if extra is None else extra,
        }
        if now != {"seen_price": line.seen_price, "seen_extra": line.seen_extra}:
            CartLine.objects.filter(pk=line.pk).update(**now)


def _note(cart: Cart, line: CartLine, variant: Variant | None, pieces: int, now: datetime | None) -> None:
    facts = {"cart": cart, "line": line, "variant": variant, "pieces": pieces}
    events.cart_noted.send(sender=Cart, moment=now or timezone.now(), **facts)


def _lock(cart: Cart) -> None:
    if not _LOCKED(pk=cart.pk):
        raise CartIsClosed(cart.pk)


def _lock_and_touch(cart: Cart, now: datetime) -> None:
    """Both in one statement: who changes a row holds it."""
    if not Cart.objects.open().filter(pk=cart.pk).update(active_at=Greatest("active_at", Value(now))):
        raise CartIsClosed(cart.pk)
    cart.active_at = max(cart.active_at, now)


_LOCKED = Prepared(lambda pk: Cart.objects.select_for_update().open().filter(pk=pk).order_by().values_list("pk"))


def _locked_pair(guest_cart: Cart | None, customer: Customer) -> tuple[Cart | None, Cart | None]:
    """The guest's cart, if it still is one, and the customer's open cart. Locked in the order of their keys."""
    pk = guest_cart.pk if guest_cart else None
    carts = Cart.objects.select_for_update().open().of_shoppers()
    carts = carts.filter(Q(pk=pk) | Q(customer=customer)).order_by("pk")
    guest = own = None
    for cart in carts:
        if cart.customer_id == customer.pk:
            own = cart
        elif cart.customer_id is None:
            guest = cart
    return guest, own


def _adopt(guest: Cart, customer: Customer) -> bool:
    """Make the guest's cart the customer's; False when another tab gave him one meanwhile."""
    try:
        with transaction.atomic():
            Cart.objects.filter(pk=guest.pk).update(customer=customer)
    except IntegrityError:
        return False
    guest.customer = customer
    return True


def _carry_over(line: CartLine, own: Cart) -> None:
    there = {(mine.answers_key, mine.wish_id): mine for mine in own.lines.filter(variant=line.variant)}
    mine = there.pop((line.answers_key, line.wish_id), None)
    wanted = max(line.quantity, mine.quantity if mine else 0)
    free = _free_beside(own, line.variant, _pieces(there.values()))
    # Never nothing: a line of one piece says "sold out" where a missing line would say nothing.
    quantity = wanted if free is None else max(1, min(wanted, free))
    CartLine.objects.update_or_create(
        cart=own,
        variant=line.variant,
        answers_key=line.answers_key,
        wish_id=line.wish_id,
        defaults={"quantity": quantity},
        create_defaults={"quantity": quantity} | {name: getattr(line, name) for name in KEPT},
    )


def pieces_of(cart: Cart, variant: Variant) -> int:
    """How many pieces of a variant lie in the cart."""
    return _pieces(_OF_VARIANT(cart=cart.pk, variant=variant.pk))


def set_country(cart: Cart, country: str) -> None:
    """Where it would go: delivery and tax are reckoned for it until something else is said."""
    cart.country = country
    Cart.objects.open().filter(pk=cart.pk).update(country=country)


def _price_in(cart: Cart, variant: Variant, quantity: int) -> int:
    price = unit_price(variant.pk, quantity, cart.market)
    if price is None:
        raise NotInCurrency(cart.currency)
    return price.unit


def _refuse_unsold(variant: Variant) -> None:
    if not (variant.is_active and variant.product.status == Product.Status.PUBLISHED):
        raise NotForSale(variant.sku)


def _refuse_quantity(variant: Variant, quantity: int) -> None:
    """`quantity` counts all lines of the variant."""
    quantities = quantities_of(variant.product)
    if not quantities.is_free and not quantities.fits(quantity):
        raise NotThatMany(quantities)


def _refuse_too_many(cart: Cart, variant: Variant, quantity: int, others: int) -> None:
    free = _free_beside(cart, variant, others)
    most = MAX_QUANTITY if free is None else max(0, min(free, MAX_QUANTITY))
    if quantity > most:
        raise TooMany(most)


def _free_beside(cart: Cart, variant: Variant, others: int) -> int | None:
    """Pieces that a line may have: those in lines of the same variant with other answers are spoken for."""
    free = free_for(cart, variant)
    return None if free is None else free - others


def _beside(line: CartLine) -> Iterable[CartLine]:
    return line.cart.lines.filter(variant=line.variant).exclude(pk=line.pk)


def _pieces(lines: Iterable[CartLine]) -> int:
    return sum(line.quantity for line in lines)


def _asked_of(variant: Variant) -> list[Personalisation]:
    """What the product asks; no query for a variant that came `for_cart` and whose product asks nothing."""
    if not getattr(variant, "asks", True):
        return []
    return list(Personalisation.objects.filter(product=variant.product_id))


def _extra(asked: Iterable[Personalisation], answers: Mapping[str, str], currency: str) -> int:
    extra = personalising.extra_of(asked, answers, currency)
    if extra is None:
        raise NotInCurrency(currency)
    return extra


def _save(line: CartLine, variant: Variant) -> None:
    line.name = variant.product.name
    line.seen_price = _price_in(line.cart, variant, line.quantity)
    line.save()


def _uuid(text: UUID | str | None) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
