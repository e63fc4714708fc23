"""Gift cards and store credit in a cart: entered and taken out again."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from orders.actions.credit.codes import hash_of
from orders.models import Cart, CreditAccount
from orders.queries.credit import store_credit_of

# More cards in one cart is guessing.
MOST = 5


class UnknownCode(Exception):
    """No such card, or none that pays here now. Which of the two is nobody's business."""


class TooManyCards(Exception):
    """The cart holds as many cards as it may."""


def find(typed: str) -> CreditAccount | None:
    """The gift card of a typed code. A code without the shape of one is looked for as well: both take as long."""
    return CreditAccount.objects.filter(code_hash=hash_of(typed) or "no such code").first()


def enter(cart: Cart, typed: str, now: datetime | None = None) -> CreditAccount:
    """Pay with a gift card, as far as it goes. Raises UnknownCode, TooManyCards."""
    card, today = find(typed), timezone.localdate(now)
    is_over = card is not None and (card.is_blocked or (card.expires_on is not None and card.expires_on < today))
    if card is None or is_over or card.currency != cart.currency:
        raise UnknownCode
    # One that the cart's own unfinished order holds is empty and still good.
    if not card.balance and not card.payments.filter(order__cart=cart, order__status="pending").exists():
        raise UnknownCode
    _put_in(cart, card)
    return card


def use_store_credit(cart: Cart, now: datetime | None = None) -> bool:
    """Pay with the store credit of the cart's customer; False when there is none."""
    account = store_credit_of(cart.customer_id, cart.currency, now or timezone.now()) if cart.customer_id else None
    if account is not None:
        _put_in(cart, account)
    return account is not None


@transaction.atomic
def take_off(cart: Cart, account_id: int) -> None:
    """Do not pay with it after all."""
    held = Cart.objects.select_for_update().values_list("credit", flat=True).get(pk=cart.pk)
    cart.credit = [one for one in held if one != account_id]
    Cart.objects.open().filter(pk=cart.pk).update(credit=cart.credit)


@transaction.atomic
def _put_in(cart: Cart, account: CreditAccount) -> None:
    cart.credit = Cart.objects.select_for_update().values_list("credit", flat=True).get(pk=cart.pk)
    if account.pk in cart.credit:
        return
    if len(cart.credit) >= MOST:
        raise TooManyCards
    cart.credit = [*cart.credit, account.pk]
    Cart.objects.open().filter(pk=cart.pk).update(credit=cart.credit)
