"""A few products side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.listings.cards import Card
from catalog.models import Listing
from catalog.queries.lists.rows import cards_of
from catalog.queries.product.facts import FactView, facts_of

AT_MOST = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One fact of each product, in the order of the columns; None where a product has no such fact."""

    name: str
    cells: tuple[FactView | None, ...]

    @property
    def differs(self) -> bool:
        return len({cell and cell.text for cell in self.cells}) > 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """Products in the order asked for, and what is known of at least one of them."""

    cards: list[Card]
    rows: list[Row]


def compare(slugs: Sequence[str], language: str) -> Comparison:
    """The listed ones of these products, four at most; three queries."""
    wanted = list(dict.fromkeys(slug for slug in slugs if "\x00" not in slug))[:AT_MOST]
    keys = dict(Listing.objects.filter(product__slug__in=wanted).values_list("product__slug", "pk"))
    cards = cards_of([keys[slug] for slug in wanted if slug in keys], language)
    told = facts_of([card.product_id for card in cards], language)
    return Comparison(cards, [*_choices(cards), *_facts(cards, told)])


def _facts(cards: list[Card], told: dict[int, list[FactView]]) -> list[Row]:
    by_product = [{fact.code: fact for fact in told.get(card.product_id, [])} for card in cards]
    names = {fact.code: fact.name for facts in by_product for fact in facts.values()}
    return [Row(name, tuple(facts.get(code) for facts in by_product)) for code, name in names.items()]


def _choices(cards: list[Card]) -> list[Row]:
    """Sizes and the like. Axes have no code on a card: the same name is the same axis."""
    names = dict.fromkeys(axis for card in cards for axis, _ in card.choices)
    return [Row(name, tuple(_choice(card, name) for card in cards)) for name in names]


def _choice(card: Card, name: str) -> FactView | None:
    values = next((values for axis, values in card.choices if axis == name), ())
    return FactView("", name, ", ".join(values)) if values else None
