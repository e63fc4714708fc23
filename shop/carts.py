"""Which cart belongs to this request.

A customer's open cart is found by the customer; a guest's by a signed cookie that holds its id and, so that the
number in the header costs no query, how many pieces are in it. The cookie is set only when something is put in.
"""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from catalog import markets
from catalog.models import Variant
from catalog.prepared import Prepared
from orders.actions import carts
from orders.models import Cart, CartLine

COOKIE = "__Host-cart" if settings.HTTPS else "cart"
SALT = "shop.carts"
FORM_SALT = "shop.checkout"
MAX_AGE = 90 * 24 * 3600


def current(request: HttpRequest, follows: bool = True) -> Cart | None:
    """The open cart of whoever asks; None before anything was put in. It follows the currency he reads in."""
    found = carts.find(customer=request.user) if request.user.is_authenticated else guest_cart(request)
    if found and not hasattr(request, "catalogue_state"):
        request.catalogue_state = found.state or ""
    if found and follows:
        carts.set_currency(found, markets.current().currency)
    return found


def guest_cart(request: HttpRequest) -> Cart | None:
    """The open cart that the cookie names."""
    cart_id, _count = read_cookie(request)
    return carts.find(cart_id=cart_id) if cart_id else None


def for_adding(request: HttpRequest) -> Cart:
    """The cart to put something in, begun now if there is none."""
    cart = current(request)
    if cart is None:
        customer = request.user if request.user.is_authenticated else None
        currency = markets.current().currency
        cart = carts.open_for(customer=customer, language=get_language() or "en", currency=currency)
    return cart


def count(request: HttpRequest) -> int:
    """How many pieces are in the cart, for the header: no query for a guest, one for a customer."""
    if not request.user.is_authenticated:
        return read_cookie(request)[1]
    return _sum(_OF_CUSTOMER(customer=request.user.pk))


def remember(request: HttpRequest, response: HttpResponse, cart: Cart, count: int | None = None) -> HttpResponse:
    """Send the cart along with the guest; a customer's is found without a cookie."""
    if not request.user.is_authenticated:
        value = f"{cart.pk}.{pieces(cart) if count is None else count}"
        response.set_signed_cookie(
            COOKIE, value, salt=SALT, max_age=MAX_AGE, secure=settings.HTTPS, httponly=True, samesite="Lax"
        )
    return response


def forget(response: HttpResponse) -> HttpResponse:
    """After the order, or when the guest's cart became a customer's."""
    response.delete_cookie(COOKIE, samesite="Lax")
    return response


def mark_of(cart: Cart) -> str:
    """Goes with the form of the checkout, so that a second press finds the order that the first one made."""
    return Signer(salt=FORM_SALT).sign(str(cart.pk))


def of_mark(request: HttpRequest, mark: str) -> Cart | None:
    """The cart that a form was made for, in whatever state; a customer's only for himself."""
    try:
        pk = Signer(salt=FORM_SALT).unsign(mark)
    except BadSignature:
        return None
    return Cart.objects.of_shoppers().filter(pk=pk, customer=request.user.pk).first()


def is_marked(cart: Cart, mark: str) -> bool:
    """Whether the form was made for this very cart."""
    try:
        return Signer(salt=FORM_SALT).unsign(mark) == str(cart.pk)
    except BadSignature:
        return False


def read_cookie(request: HttpRequest) -> tuple[str, int]:
    """The id and the number of pieces that the cookie tells; nothing from a forged or old one."""
    value = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=MAX_AGE)
    cart_id, _dot, pieces = value.partition(".")
    return (cart_id, int(pieces)) if pieces.isdecimal() else ("", 0)


def pieces(cart: Cart, variant: Variant | None = None) -> int:
    """How many pieces are in the cart; of one variant, when it is said."""
    found = _OF_VARIANT(cart=cart.pk, variant=variant.pk) if variant else _OF_CART(cart=cart.pk)
    return _sum(found)


def _quantities(**lines) -> QuerySet:
    return CartLine.objects.filter(**lines).values_list("quantity")


# The lines of a cart are few, and adding them up here is quicker than having it done.
_OF_CART = Prepared(lambda cart: _quantities(cart=cart))
_OF_VARIANT = Prepared(lambda cart, variant: _quantities(cart=cart, variant=variant))
_OF_CUSTOMER = Prepared(
    lambda customer: _quantities(cart__customer=customer, cart__status=Cart.Status.OPEN, cart__channel=Cart.Channel.WEB)
)


def _sum(rows: list[tuple[int]]) -> int:
    return sum(quantity for (quantity,) in rows)
