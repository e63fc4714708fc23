"""What the buttons of the page do to the cart; what is refused becomes a sentence at its place."""

from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog import markets
from catalog.models import Variant
from catalog.quantities import LIMIT
from catalog.queries.markets import others
from customers.models import Customer
from orders.actions import carts, credit, phone, promotions
from orders.models import Cart, Order, OrderAddress
from shop import gift_cards
from shop import promotions as codes
from shop.asking import typed_in
from shop.promotions import Fault
from shop.quantities import sold_in


@dataclass
class Done:
    """What came of one press: the form as it is shown again, and what was refused where."""

    typed: QueryDict
    # By the key of the line; by the key of the variant that was to be added; by that of what it asks.
    lines: dict[int, str] = field(default_factory=dict)
    goods: dict[int, str] = field(default_factory=dict)
    answers: dict[int, str] = field(default_factory=dict)
    code: Fault | None = None
    # Something was to be changed before the order can be placed.
    is_asked: bool = False

    @property
    def faults(self) -> bool:
        return bool(self.lines or self.goods or self.answers or self.code)


def fill(request: HttpRequest, cart: Cart) -> Done:
    """Do what was pressed and typed; the rest of the form stays as it is."""
    done = Done(request.POST.copy())
    wish, _dash, key = done.typed.get("do", "").rpartition("-")
    wish, key = (wish, _number(key)) if wish in STEPS else (done.typed.get("do", ""), 0)
    _terms(cart, done.typed)
    _pieces(cart, done)
    _code(request, cart, done)
    if step := STEPS.get(wish):
        step(cart, key, done)
    done.is_asked = bool(wish != "place" or done.faults)
    return done


def _terms(cart: Cart, typed: QueryDict) -> None:
    if typed.get("language") in dict(settings.LANGUAGES) and typed["language"] != cart.language:
        phone.set_language(cart, typed["language"])
    if typed.get("currency") in {markets.base().currency, *(market.currency for market in others())}:
        carts.set_currency(cart, typed["currency"])
    typed_names = [typed.get(name, "").replace("\0", "")[:160] for name in ("email", "name", "country")]
    country = typed_names.pop()
    carts.remember_guest(cart, *([] if cart.customer_id else typed_names), country=country[:2])


def _pieces(cart: Cart, done: Done) -> None:
    """The numbers of the lines, where they were typed over."""
    for line in cart.lines.select_related("variant__product"):
        typed = done.typed.get(f"pieces-{line.pk}", "").strip()
        if not typed or typed == str(line.quantity):
            continue
        quantity = _number(typed, wrong=-1)
        if not 0 <= quantity <= LIMIT:
            done.lines[line.pk] = _("Write a number from 0 to %(most)d.") % {"most": LIMIT}
            continue
        try:
            carts.set_quantity(line, quantity)
        except REFUSALS as refusal:
            done.lines[line.pk] = said(refusal, cart)


def _code(request: HttpRequest, cart: Cart, done: Done) -> None:
    typed = done.typed.get("code", "").strip()
    if not typed:
        return
    done.code = (gift_cards.enter if gift_cards.looks_like_one(typed) else codes.enter)(request, cart, typed)
    if not done.code:
        done.typed["code"] = ""
    if done.typed.get("do") == "place":
        # As at the checkout: a code is used, and its worth seen, before anything is ordered.
        done.typed["do"] = "update"


def _add(cart: Cart, key: int, done: Done) -> None:
    variant = Variant.objects.for_cart().filter(pk=key).first()
    quantity = _number(done.typed.get(f"number-{key}", "1"), wrong=0)
    if variant is None or not 1 <= quantity <= LIMIT:
        done.goods[key] = _("Write a number from 1 to %(most)d.") % {"most": LIMIT}
        return
    try:
        line = carts.add(cart, variant, quantity, answers=typed_in(done.typed))
    except carts.NotAnswered as refusal:
        done.answers = refusal.faults
    except REFUSALS as refusal:
        done.goods[key] = said(refusal, cart)
    else:
        done.typed["what"] = ""
        done.typed.pop(f"pieces-{line.pk}", None)


def _remove(cart: Cart, key: int, done: Done) -> None:
    if line := cart.lines.filter(pk=key).first():
        carts.set_quantity(line, 0)
        done.lines.pop(key, None)


def _take_customer(cart: Cart, key: int, done: Done) -> None:
    customer = Customer.objects.filter(pk=key, is_active=True, is_staff=False).first()
    if customer is None:
        return
    phone.set_buyer(cart, customer)
    # His own addresses are shown instead of what was typed.
    for name in ("address", *OrderAddress.FIELDS, "email"):
        done.typed.pop(name, None)
    if entry := customer.addresses.first():
        done.typed["address"] = str(entry.pk)
    done.typed["name"] = customer.name
    done.typed["who"] = ""


def _take_guest(cart: Cart, key: int, done: Done) -> None:
    """The address of his last order; he can still say that he has moved."""
    order = Order.objects.filter(pk=key, customer=None).prefetch_related("addresses").first()
    if order is None:
        return
    phone.set_buyer(cart, None)
    phone.set_language(cart, order.language)
    addresses = sorted(order.addresses.all(), key=lambda one: one.kind != OrderAddress.Kind.DELIVERY)
    for address in addresses[:1]:
        for name in OrderAddress.FIELDS:
            done.typed[name] = str(getattr(address, name))
    done.typed["email"], done.typed["language"], done.typed["who"] = order.email, order.language, ""


def _take_nobody(cart: Cart, key: int, done: Done) -> None:
    phone.set_buyer(cart, None)
    done.typed.pop("address", None)


def _without_code(cart: Cart, key: int, done: Done) -> None:
    if 0 <= key < len(cart.codes):
        promotions.take_off(cart, cart.codes[key])


def _without_card(cart: Cart, key: int, done: Done) -> None:
    credit.take_off(cart, key)


def _store_credit(cart: Cart, key: int, done: Done) -> None:
    try:
        credit.use_store_credit(cart)
    except credit.TooManyCards:
        done.code = Fault(_("There are several gift cards in the cart already. Take one out first."))


STEPS = {
    "add": _add,
    "remove": _remove,
    "customer": _take_customer,
    "guest": _take_guest,
    "nobody": _take_nobody,
    "without-code": _without_code,
    "without-card": _without_card,
    "store-credit": _store_credit,
}
REFUSALS = (carts.CartIsClosed, carts.NotForSale, carts.NotInCurrency, carts.NotThatMany, carts.TooMany)


def said(refusal: Exception, cart: Cart) -> str:
    """What the cart refuses, as a sentence."""
    if isinstance(refusal, carts.NotThatMany):
        return sold_in(refusal.quantities)
    if isinstance(refusal, carts.TooMany):
        left = ngettext("Only %(n)d piece is left.", "Only %(n)d pieces are left.", refusal.available)
        return left % {"n": refusal.available} if refusal.available else _("It is sold out.")
    if isinstance(refusal, carts.NotInCurrency):
        return _("It is not sold in %(currency)s.") % {"currency": cart.currency}
    return _("It is no longer sold.")


def _number(typed: str, wrong: int = 0) -> int:
    typed = typed.strip()
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 16 else wrong
