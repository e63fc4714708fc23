"""Whom the demonstration shop knows: a profile for everybody, whose order each is, and who filled which cart."""

from customers.models import Customer
from marketing.actions.profiles import stir
from marketing.models import Event, Profile, Purchase
from orders.models import CartLine, Order


def know_everybody() -> None:
    """What the shop does order by order, for a year of trade at once; what is known already stays."""
    owners = Customer.objects.filter(is_staff=False).values_list("pk", "email", "name", "language", "date_joined")
    _make(
        Profile(email=email, customer_id=pk, name=name, language=language, created_at=joined, seen_at=joined)
        for pk, email, name, language, joined in owners
    )
    orders = list(Order.objects.exclude(status=Order.Status.PENDING).order_by("placed_at", "pk"))
    _make(
        Profile(email=one.email, language=one.language, created_at=one.created_at, seen_at=one.created_at)
        for one in orders
    )
    known = dict(Profile.objects.values_list("email", "pk"))
    whose = {one.pk: known[one.email] for one in orders}
    Purchase.objects.bulk_create(
        (Purchase(order_id=order, profile_id=profile) for order, profile in whose.items()), 2000, ignore_conflicts=True
    )
    _name_carts(known)
    # The clock works out stages and fifths as soon as the shop is open.
    stir(list(known.values()))


def _make(profiles) -> None:
    Profile.objects.bulk_create(profiles, 2000, ignore_conflicts=True)


def _name_carts(known: dict[str, int]) -> None:
    """Who left a cart behind put something into it."""
    lines = CartLine.objects.filter(cart__status="open", cart__email__in=known).select_related("cart", "variant")
    Event.objects.bulk_create(
        [
            Event(
                type=Event.Type.ADDED, profile_id=known[line.cart.email], product_id=line.variant.product_id,
                occurred_at=line.added_at, dedupe_key=f"demo_cart:{line.pk}",
            )
            for line in lines
        ],
        ignore_conflicts=True,
    )  # fmt: skip
