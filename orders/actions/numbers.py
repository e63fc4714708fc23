"""Numbers without a gap, because accounting asks about gaps: of orders 100001, 100002 …, of papers 1, 2 … a series.

A counter moves in the transaction that uses its number: what is rolled back gives its number back. Its row stays
locked until the commit, so it is taken last; that of the orders before that of the papers.
"""

from django.db import connection

from orders.models import NumberSequence

NAME = "order"
# Six digits from the first order on: they sort as text, and nobody reads from them how young the shop is.
BEFORE_THE_FIRST = 100_000


def next_number() -> str:
    """The next order number. Inside the transaction that gives it to an order."""
    return str(next_of(NAME, BEFORE_THE_FIRST))


def next_of(name: str, before_the_first: int = 0) -> int:
    """The next number of a series, which begins when it is first asked for. Inside the transaction that uses it."""
    number = _move(name)
    if number is None:
        NumberSequence.objects.get_or_create(name=name, defaults={"value": before_the_first})
        number = _move(name)
    return number


def _move(name: str) -> int | None:
    """Count on and say where we are, in one statement: both databases return what they have changed."""
    with connection.cursor() as cursor:
        cursor.execute('UPDATE "orders_numbersequence" SET value = value + 1 WHERE name = %s RETURNING value', [name])
        row = cursor.fetchone()
    return row[0] if row else None
