"""What the counter listens to."""

from allauth.account.signals import email_confirmed, user_logged_in, user_signed_up
from django.dispatch import receiver
from django.utils import timezone

from customers.consent import normal
from marketing import presence
from marketing.actions import merging, profiles
from marketing.actions.events import record
from marketing.models import Event, Profile
from orders.actions import carts as cart_actions
from orders.actions import wishes as wish_actions
from orders.models import Order
from shop import carts, wishes


@receiver(user_logged_in)
def bring_the_guest_cart_along(request, response, user, **kwargs) -> None:
    """What somebody chose before signing in is added to what was chosen on another device."""
    cart = carts.guest_cart(request)
    if cart is not None:
        cart_actions.merge(cart, user)
    wish_actions.merge(wishes.guest_of(request), user)
    if response is not None:
        carts.forget(response)


@receiver(user_logged_in)
def recognise(request, user, **kwargs) -> None:
    """Who signs in is known; if he agreed to it, this browser is known to be his, too."""
    _note(Event.Type.SIGNED_IN, user)


@receiver(user_signed_up)
def welcome(request, user, **kwargs) -> None:
    _note(Event.Type.SIGNED_UP, user)


def _note(type: str, user) -> None:
    """One profile for one account; the back office has its own door and leaves no fact."""
    if user.is_staff:
        return
    profile = profiles.know(user.email, user, name=user.name, language=user.language)
    record(type, profile=profile, visitor=presence.current())
    if key := presence.current():
        profiles.link(key, profile, is_proof=True)


@receiver(email_confirmed)
def join_profiles(email_address, **kwargs) -> None:
    """Who reads the post of a second address is the person who ordered with it as a guest."""
    user = email_address.user
    mine = profiles.know(user.email, user)
    other = Profile.objects.filter(email=normal(email_address.email), customer=None).exclude(pk=mine.pk).first()
    if other:
        merging.merge(mine, other, "address confirmed", timezone.now())


@receiver(email_confirmed)
def hand_over_older_orders(email_address, **kwargs) -> None:
    """Only who can read an address's post gets the orders that guests placed with it."""
    Order.objects.filter(customer=None, email__iexact=email_address.email).update(customer=email_address.user)
