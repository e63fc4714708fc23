"""Knowing a person: one profile for one mailbox, and the browsers that are his."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from customers.consent import normal
from customers.models import Customer
from marketing.actions import episodes
from marketing.models import Event, Profile, Purchase, Touch, Visitor
from orders.models import Order


def know(email: str, customer: Customer | None = None, **facts) -> Profile:
    """The profile of an address, made when there is none. `facts` (name, language, country, phone) fill what is empty.

    An account that changed its address keeps its profile. Two accounts never come to share one. Somebody's second
    address, once merged, leads to him.
    """
    email = normal(email)
    profile = Profile.objects.filter(customer=customer).first() if customer else None
    profile = profile or _of_address(email, customer, facts)
    changed = {name: value for name, value in facts.items() if value and not getattr(profile, name)}
    if customer and profile.customer_id is None:
        changed["customer"] = customer
    for name, value in changed.items():
        setattr(profile, name, value)
    if changed:
        profile.save(update_fields=list(changed))
    return profile


def _of_address(email: str, customer: Customer | None, facts: dict) -> Profile:
    rows = Profile.everyone.select_related("merged_into")
    found = rows.get_or_create(email=email, defaults={"customer": customer, **facts})[0]
    found = found.merged_into or found
    if customer and found.customer_id not in (None, customer.pk):
        # The address was another account's before: that account keeps its profile, and this one gets its own.
        return rows.get_or_create(email=f"{customer.pk}.{email}"[:254], defaults={"customer": customer, **facts})[0]
    return found


def know_buyer(order: Order, now: datetime | None = None) -> Profile:
    """The profile of whoever ordered; the order, and what is written of it, counts as his from now on.

    So does the browser in which it was ordered, and what it saw before.
    """
    profile = know(order.email, order.customer, language=order.language)
    told = Event.objects.filter(order=order).exclude(visitor=None).order_by("pk").values_list("visitor", flat=True)
    visitor = Visitor.objects.filter(pk=told.first()).first() if told else None
    Purchase.objects.get_or_create(order=order, defaults={"profile": profile, "visitor": visitor})
    Event.objects.filter(order=order).exclude(profile=profile).update(profile=profile)
    if visitor:
        link(visitor.key, profile, is_proof=True)
    stir([profile.pk], now)
    return profile


@transaction.atomic
def link(key: UUID, profile: Profile, is_proof: bool = False) -> bool:
    """This browser is that person's: what it saw while nobody knew him counts as his from now on.

    What counts already for somebody else stays there. Without a proof (signing in, ordering, confirming an address) a
    browser that is known already stays whose it is: letters are forwarded.
    """
    visitor = Visitor.objects.select_for_update().filter(key=key).first()
    if visitor is None or visitor.profile_id == profile.pk or (visitor.profile_id and not is_proof):
        return False
    Visitor.objects.filter(pk=visitor.pk).update(profile=profile)
    Event.objects.filter(visitor=visitor, profile=None).update(profile=profile)
    Touch.objects.filter(visitor=visitor, profile=None).update(profile=profile)
    episodes.hand_over(visitor, profile)
    stir([profile.pk])
    return True


def stir(profile_ids: list[int], now: datetime | None = None) -> None:
    """Something happened to these: their stage and segments are worked out within the minute."""
    Profile.objects.filter(pk__in=profile_ids).update(dirty_at=now or timezone.now())
