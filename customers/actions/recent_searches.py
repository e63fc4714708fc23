"""A customer's own last searches."""

from datetime import datetime

from django.db import connection

from customers.models import Customer, RecentSearch

AT_MOST = 6
# Below the ORM: one statement, after a page that was promised to be quick.
_KEEP = """
INSERT INTO customers_recentsearch (customer_id, words, searched_at) VALUES (%s, %s, %s)
ON CONFLICT (customer_id, words) DO UPDATE SET searched_at = excluded.searched_at
"""


def keep(customer: Customer, words: str, now: datetime, trim: bool = True) -> None:
    """Put these words on top; with `trim`, the oldest go when there are more than six."""
    moment = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [customer.pk, words, moment])
    if trim:
        mine = RecentSearch.objects.filter(customer=customer)
        newest = mine.order_by("-searched_at").values("pk")[:AT_MOST]
        mine.exclude(pk__in=newest).delete()


def forget(customer: Customer) -> None:
    """Drop all of them."""
    RecentSearch.objects.filter(customer=customer).delete()


def of(customer: Customer) -> list[str]:
    """The newest first; one query."""
    return list(RecentSearch.objects.filter(customer=customer).values_list("words", flat=True)[:AT_MOST])
