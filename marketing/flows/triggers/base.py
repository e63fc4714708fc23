"""A kind of trigger, and the occasions that it finds in a span of time."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from marketing.flows.fields import Field
from marketing.models import Message
from orders.models import Cart

# What may be over about an occasion: see `marketing.rules.flows`.
ORDERED, CART, FURTHER, RETURNED, SOLD_OUT, STAGE_LEFT = "ordered", "cart", "further", "returned", "sold_out", "stage"


@dataclass(frozen=True, slots=True)
class Span:
    """Behind `since`, up to `until`; of everybody, or of these people (ids)."""

    since: datetime
    until: datetime
    among: tuple[int, ...] | None = None

    def lookups(self, column: str, later: timedelta = timedelta()) -> dict:
        """The moments that lead to an occasion in the span when it comes so much later."""
        return {f"{column}__gt": self.since - later, f"{column}__lte": self.until - later}

    def narrow(self, rows, column: str = "profile"):
        return rows if self.among is None else rows.filter(**{f"{column}__in": self.among})


@dataclass(frozen=True, slots=True)
class Occasion:
    """Somebody may enter at `at`, for what happened at `since`. Of a cart the owner may not be a profile yet."""

    profile_id: int | None
    key: str
    at: datetime
    since: datetime
    seen: str = ""
    cart: Cart | None = None
    product_id: int | None = None
    order_id: int | None = None


@dataclass(frozen=True, slots=True)
class Trigger:
    """`find` answers with the occasions of a span, `past` does the same where the rows of today have forgotten it.

    `exits` names what ends it. `late` is how long after its time an occasion may still be taken up; `every` how often
    it is worth looking.
    """

    code: str
    label: Any
    find: Callable[[Mapping[str, Any], Span], Iterable[Occasion]]
    fields: tuple[Field, ...] = ()
    priority: int = Message.Priority.AFTER
    exits: tuple[str, ...] = (ORDERED,)
    help: Any = ""
    past: Callable[[Mapping[str, Any], Span], Iterable[Occasion]] | None = None
    late: timedelta = timedelta(days=2)
    every: timedelta = timedelta()

    def words(self, values: Mapping[str, Any]) -> str:
        """The trigger in a line: its label, and what was filled in."""
        told = []
        for one in self.fields:
            value = values[one.name]
            told.append(f"{one.label}: {dict(one.choices()).get(value, value) if one.choices else value}")
        return f"{self.label} ({', '.join(told)})" if told else str(self.label)


TRIGGERS: dict[str, Trigger] = {}


def declare(*kinds: Trigger) -> None:
    TRIGGERS.update({kind.code: kind for kind in kinds})
