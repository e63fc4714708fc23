"""Order numbers: 100001, 100002 … without a gap, because accounting asks about gaps.

The counter moves in the transaction that uses the number: what is rolled back gives its number back. Its row stays
locked until the commit, so it is taken last.
"""

from django.db.models import F

from orders.models import NumberSequence

NAME = "order"
# Six digits from the first order on: they sort as text, and nobody reads from them how young the shop is.
BEFORE_THE_FIRST = 100_000


def next_number() -> str:
    """The next order number. Inside the transaction that gives it to an order."""
    if not _move():
        NumberSequence.objects.get_or_create(name=NAME, defaults={"value": BEFORE_THE_FIRST})
        _move()
    return str(NumberSequence.objects.values_list("value", flat=True).get(name=NAME))


def _move() -> int:
    return NumberSequence.objects.filter(name=NAME).update(value=F("value") + 1)
