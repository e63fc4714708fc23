"""Whose wish lists these are: a customer's, or a guest's by a signed cookie from the first thing he keeps."""

import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from orders.actions.wishes import Owner
from orders.models import WishList
from orders.queries.wishes import Seen, seen

COOKIE = "__Host-kept" if settings.HTTPS else "kept"
SALT = "shop.wishes"
MAX_AGE = 365 * 24 * 3600


def owner_of(request: HttpRequest, begins: bool = False) -> Owner:
    """Who keeps things here; a guest gets an id when something `begins`. Then the answer has to be remembered."""
    if request.user.is_authenticated:
        return Owner(customer=request.user)
    holder = _holder(request)
    if holder is None and begins:
        holder = uuid.uuid4()
    return Owner(holder=holder)


def guest_of(request: HttpRequest) -> Owner:
    """The guest whom the cookie names, also when he has just signed in."""
    return Owner(holder=_holder(request))


def is_own(request: HttpRequest, wish_list: WishList) -> bool:
    """Whether the visitor looks at a list of his own."""
    owner = owner_of(request)
    if owner.customer:
        return wish_list.customer_id == owner.customer.pk
    return owner.holder is not None and wish_list.holder == owner.holder


def remember(request: HttpRequest, response: HttpResponse, owner: Owner) -> HttpResponse:
    """Send the id along with the guest."""
    if owner.holder and owner.holder != _holder(request):
        response.set_signed_cookie(
            COOKIE, owner.holder.hex, salt=SALT, max_age=MAX_AGE, secure=settings.HTTPS, httponly=True, samesite="Lax"
        )
    return response


def later(request: HttpRequest) -> list[Seen]:
    """What is saved for later. No query for a guest who has never kept anything, one for who has nothing there."""
    owner = owner_of(request)
    if owner.customer is None and owner.holder is None:
        return []
    found = WishList.objects.filter(kind=WishList.Kind.LATER, wishes__isnull=False, **owner.terms).first()
    return seen([found]).get(found.pk, []) if found else []


def _holder(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=MAX_AGE))
    except ValueError:
        return None
