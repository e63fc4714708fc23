"""A customer's own last searches."""

from datetime import datetime

from django.db import transaction

from customers.models import Customer, RecentSearch

AT_MOST = 6


@transaction.atomic
def keep(customer: Customer, words: str, now: datetime) -> None:
    """Put these words on top; the oldest go when there are more than six."""
    RecentSearch.objects.update_or_create(customer=customer, words=words, defaults={"searched_at": now})
    old = RecentSearch.objects.filter(customer=customer).order_by("-searched_at").values_list("pk", flat=True)
    if surplus := list(old[AT_MOST : AT_MOST + 100]):
        RecentSearch.objects.filter(pk__in=surplus).delete()


def forget(customer: Customer) -> None:
    """Drop all of them."""
    RecentSearch.objects.filter(customer=customer).delete()


def of(customer: Customer) -> list[str]:
    """The newest first; one query."""
    return list(RecentSearch.objects.filter(customer=customer).values_list("words", flat=True)[:AT_MOST])
