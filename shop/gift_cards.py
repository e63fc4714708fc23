"""Gift cards as shoppers meet them: typed into the cart or at the checkout, looked up on a page of their own."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.actions import credit
from orders.actions.credit.codes import hash_of
from orders.models import Cart, CreditAccount
from shop import limits
from shop.promotions import Fault

TRIES, SECONDS = 10, 600


def looks_like_one(typed: str) -> bool:
    """Whether what was typed into the field for codes has the shape of a gift card's."""
    return bool(hash_of(typed))


def enter(request: HttpRequest, cart: Cart, typed: str) -> Fault | None:
    """Pay with the card of that code. Unknown, empty, blocked and over are told in one sentence."""
    typed = typed.replace("\0", "").strip()[:60]
    if not typed:
        return Fault(_("Write the code of the gift card first."))
    if not may_try(request):
        return _too_many(typed)
    try:
        credit.enter(cart, typed)
    except credit.UnknownCode:
        return Fault(_("This gift card cannot be used here. Check the code; it may also be used up or over."), typed)
    except credit.TooManyCards:
        return _full(typed)
    return None


def wish_of(typed: QueryDict) -> str:
    """What a button of the checkout asks for; empty when the order is to be placed.

    A code that was typed and not used yet is used before anything is ordered: Enter in its field presses the button
    of the order.
    """
    return typed.get("update") or ("gift-card" if typed.get("gift_card", "").strip() else "")


def at_the_desk(request: HttpRequest, cart: Cart, wish: str) -> Fault | None:
    """Do what the buttons for gift cards at the checkout ask for; nothing for all others."""
    if wish == "gift-card":
        return enter(request, cart, request.POST.get("gift_card", ""))
    if wish == "store-credit":
        try:
            credit.use_store_credit(cart)
        except credit.TooManyCards:
            return _full()
    elif wish.startswith("without-"):
        key = wish.removeprefix("without-")
        credit.take_off(cart, int(key) if key.isascii() and key.isdecimal() and len(key) < 18 else 0)
    return None


def look_up(request: HttpRequest, typed: str) -> tuple[CreditAccount | None, Fault | None]:
    """The card of a code, for who wants to know what is on it. A blocked one is not found."""
    typed = typed.replace("\0", "").strip()[:60]
    if not typed:
        return None, Fault(_("Write the code of the gift card first."))
    if not may_try(request):
        return None, _too_many(typed)
    card = credit.find(typed)
    if card is None or card.is_blocked:
        return None, Fault(_("We know no gift card with this code. Check its sixteen signs."), typed)
    return card, None


def is_over(card: CreditAccount) -> bool:
    return card.expires_on is not None and card.expires_on < timezone.localdate()


def may_try(request: HttpRequest) -> bool:
    return limits.within("gift-card", get_adapter().get_client_ip(request), TRIES, SECONDS)


def _full(typed: str = "") -> Fault:
    return Fault(_("There are several gift cards in the cart already. Take one out first."), typed)


def _too_many(typed: str) -> Fault:
    return Fault(_("Those were many codes. Please wait ten minutes."), typed, 429)
