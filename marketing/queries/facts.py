"""What stages are worked out from: orders, money, consent, carts. Six statements, however many people."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from customers.models import Consent, Suppression
from marketing.models import Episode, PastOrder, Profile, Purchase
from marketing.stages import Facts
from orders.models import Cart, CartLine, Order

YEAR = timedelta(days=365)


def facts_of(profiles: Sequence[Profile], now: datetime) -> dict[int, Facts]:
    """By the key of the profile. Money counts in the shop's own currency."""
    found = {profile.pk: Facts(known_at=profile.created_at, seen_at=profile.seen_at) for profile in profiles}
    for profile_id, moment, value, currency in [*_orders(found), *_past(found)]:
        facts = found[profile_id]
        if value >= 0:
            facts.orders.append(moment)
        if currency == settings.SHOP_CURRENCY:
            facts.spent += value
            facts.spent_year += value if moment > now - YEAR else 0
    for facts in found.values():
        facts.orders.sort()
    _subscribers(profiles, found)
    _carts(profiles, found)
    return found


def _orders(ids):
    rows = Purchase.objects.filter(profile__in=list(ids), order__status=Order.Status.PLACED).order_by()
    back = Coalesce(Sum("order__payments__refunded"), 0)
    rows = rows.annotate(back=back).values_list(
        "profile_id", "order__placed_at", "order__total", "order__currency", "back"
    )
    return [(pk, moment, max(0, total - back), currency) for pk, moment, total, currency, back in rows]


def _past(ids):
    rows = PastOrder.objects.filter(profile__in=list(ids)).order_by()
    return rows.values_list("profile_id", "placed_at", "value", "currency")


def _subscribers(profiles: Sequence[Profile], found: dict[int, Facts]) -> None:
    emails = {profile.email: profile.pk for profile in profiles}
    newest = {}
    said = Consent.objects.filter(email__in=list(emails), purpose=Consent.Purpose.MARKETING).order_by("pk")
    for email, channel, status in said.values_list("email", "channel", "status"):
        newest[email, channel] = status
    barred = set(Suppression.objects.filter(email__in=list(emails)).values_list("email", flat=True))
    for (email, channel), status in newest.items():
        is_barred = channel == Consent.Channel.EMAIL and email in barred
        if status == Consent.Status.GRANTED and not is_barred:
            found[emails[email]].is_subscriber = True


def _carts(profiles: Sequence[Profile], found: dict[int, Facts]) -> None:
    """When something last lay in a cart: an open one of his, or a step of an episode that was as deep."""
    accounts = {profile.customer_id: profile.pk for profile in profiles if profile.customer_id}
    emails = {profile.email: profile.pk for profile in profiles}
    filled = Exists(CartLine.objects.filter(cart=OuterRef("pk")))
    carts = Cart.objects.open().filter(
        Q(customer__in=list(accounts)) | Q(customer=None, email__in=list(emails)), filled
    )
    times = [
        (accounts.get(customer) or emails.get(email), moment)
        for customer, email, moment in carts.order_by().values_list("customer_id", "email", "active_at")
    ]
    deep = Episode.objects.filter(profile__in=list(found), step__gte=Episode.Step.CART).order_by()
    for pk, moment in [*times, *deep.values_list("profile_id", "active_at")]:
        if pk:
            found[pk].cart_at = max(moment, found[pk].cart_at or moment)
