"""The questions of a product on its page: as fields to fill in, and as they were sent."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from catalog import markets, personalising
from catalog.models import Personalisation

_NAME = re.compile(r"answer-(\d{1,18})")
# More than any field takes, so that what was typed comes back whole with its complaint.
MOST_TYPED = 2000
MOST_ANSWERS = 40


@dataclass(frozen=True, slots=True)
class Question:
    """A field of the buying form. `fault` is what is wrong with the `value` that was typed."""

    one: Personalisation
    value: str
    fault: str
    choices: Sequence[tuple[str, str]]
    first: str
    last: str
    most: int | None

    @property
    def price(self) -> int:
        """What it adds in the visitor's currency."""
        return self.one.price_in(markets.current().currency) or 0

    @property
    def name(self) -> str:
        return f"answer-{self.one.pk}"

    @property
    def described_by(self) -> str:
        """The ids of what explains the field, for those who hear the page."""
        parts = [("fault", self.fault), ("hint", self.one.hint)]
        return " ".join(f"{self.name}-{part}" for part, is_there in parts if is_there)


def questions(
    asked: Sequence[Personalisation], typed: Mapping[str, str], faults: Mapping[int, str], today: date
) -> list[Question]:
    """The fields of a product's page, with what was typed and what was wrong with it."""
    currency = markets.current().currency
    # What adds a price that nobody has said in this currency is not offered in it.
    offered = [one for one in asked if one.is_required or one.price_in(currency) is not None]
    return [_question(one, typed.get(str(one.pk), ""), faults.get(one.pk, ""), today) for one in offered]


def typed_in(data: QueryDict) -> dict[str, str]:
    """The answers that a form or an address brought, by the key of the personalisation."""
    found = {match[1]: data.get(name, "")[:MOST_TYPED] for name in data if (match := _NAME.fullmatch(name))}
    return dict(list(found.items())[:MOST_ANSWERS])


def in_address(answers: Mapping[str, str]) -> dict[str, str]:
    """The same as parts of an address or of a form."""
    return {f"answer-{pk}": value for pk, value in answers.items()}


def _question(one: Personalisation, value: str, fault: str, today: date) -> Question:
    first = last = ""
    most = None
    if one.kind == one.Kind.DATE:
        first, last = (day.isoformat() for day in personalising.days_of(one, today))
    elif one.kind in (one.Kind.TEXT, one.Kind.LONG):
        most = personalising.most_signs(one)
    choices = personalising.choices_of(one) if one.kind == one.Kind.CHOICE else ()
    return Question(one, value, fault, choices, first, last, most)
