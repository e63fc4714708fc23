"""What can be asked of a person: one declaration, of which form, check, query, answer and explanation come."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from marketing.segments.found import Found
from marketing.segments.params import Param
from marketing.segments.params.times import moves

if TYPE_CHECKING:
    from marketing.segments.people import Person

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Around:
    """The moment at which all people are asked, or only `among` these (ids); `other` finds those of another segment."""

    now: datetime
    among: tuple[int, ...] | None = None
    other: Callable[[str], Found] = field(default=lambda slug: Found.nobody())

    def narrow(self, rows, column: str = "profile"):
        """The same rows, only of those who are asked."""
        return rows if self.among is None else rows.filter(**{f"{column}__in": self.among})


@dataclass(frozen=True, slots=True)
class Asked:
    """One person at one moment; `other` says whether he is in another segment."""

    person: "Person"
    now: datetime
    other: Callable[[str], bool] = field(default=lambda slug: False)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of condition.

    `sql` finds everybody for whom it holds. `seen` is the value that one person shows, `holds` judges it, and `say`
    puts it into words. `needs` names the facts that have to be read for one person (`marketing.segments.people`).
    """

    code: str
    section: Any
    label: Any
    params: tuple[Param, ...]
    sql: Callable[[Values, Around], Found]
    seen: Callable[[Values, Asked], Any]
    holds: Callable[[Values, Any], bool]
    say: Callable[[Values, Any], str]
    needs: frozenset[str] = frozenset()
    # A remark for the merchant, below the condition.
    help: Any = ""
    # Whether time alone can change the answer.
    follows_time: Callable[[Values], bool] = field(
        default=lambda values: any(isinstance(one, dict) and "when" in one and moves(one) for one in values.values())
    )

    def first(self) -> dict:
        return {param.name: param.first() for param in self.params}

    def words(self, values: Values) -> str:
        """The condition in a line: its label, and what was filled in."""
        told = (param.words(values[param.name]) for param in self.params)
        return f"{self.label}: {', '.join(part for part in told if part)}".removesuffix(": ")


KINDS: dict[str, Kind] = {}


def declare(*kinds: Kind) -> None:
    KINDS.update({kind.code: kind for kind in kinds})
