"""Order numbers: 100001, 100002 … without a gap, because accounting asks about gaps.

The counter moves in the transaction that uses the number: what is rolled back gives its number back. Its row stays
locked until the commit, so it is taken last.
"""

from django.db import connection

from orders.models import NumberSequence

NAME = "order"
# Six digits from the first order on: they sort as text, and nobody reads from them how young the shop is.
BEFORE_THE_FIRST = 100_000


def next_number() -> str:
    """The next order number. Inside the transaction that gives it to an order."""
    number = _move()
    if number is None:
        NumberSequence.objects.get_or_create(name=NAME, defaults={"value": BEFORE_THE_FIRST})
        number = _move()
    return str(number)


def _move() -> int | None:
    """Count on and say where we are, in one statement: both databases return what they have changed."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE orders_numbersequence SET value = value + 1 WHERE name = %s RETURNING value", [NAME])
        row = cursor.fetchone()
    return row[0] if row else None
