"""Knowing a person: one profile for one mailbox."""

from django.db.models import Q

from customers.consent import normal
from customers.models import Customer
from marketing.models import Profile, Purchase
from orders.models import Order


def know(email: str, customer: Customer | None = None, **facts) -> Profile:
    """The profile of an address, made when there is none. `facts` (name, language, country, phone) fill what is empty.

    An account that changed its address keeps its profile. Two accounts never come to share one.
    """
    email = normal(email)
    found = Profile.objects.filter(Q(customer=customer) if customer else Q(email=email)).first()
    profile = found or Profile.objects.get_or_create(email=email, defaults={"customer": customer, **facts})[0]
    changed = {name: value for name, value in facts.items() if value and not getattr(profile, name)}
    if customer and profile.customer_id is None:
        changed["customer"] = customer
    for name, value in changed.items():
        setattr(profile, name, value)
    if changed:
        profile.save(update_fields=list(changed))
    return profile


def know_buyer(order: Order) -> Profile:
    """The profile of whoever ordered; the order is counted as his from now on."""
    profile = know(order.email, order.customer, language=order.language)
    Purchase.objects.get_or_create(order=order, defaults={"profile": profile})
    return profile
