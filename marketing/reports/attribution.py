"""Whom an order is credited to. Pure: touches and orders go in, shares of whole minor units come out.

Nothing of it is stored, so another model is another reading and rewrites no history. An opened letter is no touch:
programs open letters, too.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

WINDOW = timedelta(days=5)


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody came to the shop: by a message, or by a road from outside. `origin` says by which."""

    origin: Hashable
    at: datetime


def _last(number: int) -> list[int]:
    return [0] * (number - 1) + [1]


def _first(number: int) -> list[int]:
    return [1] + [0] * (number - 1)


def _linear(number: int) -> list[int]:
    return [1] * number


def _position(number: int) -> list[int]:
    """Two fifths to the first and to the last, what is left to those between; halves where there are but two."""
    if number < 3:
        return [1] * number
    between = number - 2
    return [2 * between, *[1] * between, 2 * between]


MODELS: dict[str, tuple[object, Callable[[int], list[int]]]] = {
    "last": (_("last click"), _last),
    "first": (_("first click"), _first),
    "linear": (_("all clicks alike"), _linear),
    "position": (_("first and last most"), _position),
}


def before(contacts: Sequence[Contact], ordered_at: datetime, window: timedelta = WINDOW) -> list[Contact]:
    """The contacts that may have led to an order, oldest first."""
    counted = [contact for contact in contacts if ordered_at - window <= contact.at <= ordered_at]
    return sorted(counted, key=lambda contact: contact.at)


def shared(amount: int, weights: Sequence[int]) -> list[int]:
    """An amount in whole minor units by weights; the parts always are the whole, also of a negative one."""
    total, given, parts = sum(weights), 0, []
    for number in range(len(weights)):
        upto = amount * sum(weights[: number + 1]) // total
        parts.append(upto - given)
        given = upto
    return parts


def credit(contacts: Sequence[Contact], amount: int, model: str = "last") -> dict[Hashable, tuple[float, int]]:
    """By origin: its part of one order (0 to 1) and of its amount. Nothing without contacts, else all of it.

    `contacts` as `before` gives them. Raises KeyError for a model that does not exist.
    """
    if not contacts:
        return {}
    weights = MODELS[model][1](len(contacts))
    credits: dict[Hashable, tuple[float, int]] = {}
    for contact, weight, part in zip(contacts, weights, shared(amount, weights), strict=True):
        if weight:
            order, money = credits.get(contact.origin, (0.0, 0))
            credits[contact.origin] = (order + weight / sum(weights), money + part)
    return credits
