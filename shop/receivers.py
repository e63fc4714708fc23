"""What the counter listens to."""

from allauth.account.signals import email_confirmed, user_logged_in
from django.dispatch import receiver

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


@receiver(email_confirmed)
def hand_over_older_orders(email_address, **kwargs) -> None:
    """Only who can read an address's post gets the orders that guests placed with it."""
    Order.objects.filter(customer=None, email__iexact=email_address.email).update(customer=email_address.user)
