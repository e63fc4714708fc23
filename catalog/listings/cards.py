"""A card of a list: a listing row in the words of one reader."""

from dataclasses import dataclass
from typing import Any

from catalog.words import say

# What a card needs of a listing row, in this order.
COLUMNS = ("product_id", "kind", "price_min", "price_max", "compare_at", "lowest", "in_stock", "card")


@dataclass(frozen=True, slots=True)
class CardPicture:
    """`src` with `srcset` (widths 320, 640, 960 as far as they exist), its size and the words for it."""

    src: str
    srcset: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Card:
    """A product in a list. Prices are minor units of the market's currency.

    `compare_at` is the former price, or None; `lowest` the lowest of the 30 days before the reduction, if known.
    """

    product_id: int
    slug: str
    name: str
    summary: str
    brand: str
    kind: str
    price_min: int
    price_max: int
    compare_at: int | None
    lowest: int | None
    in_stock: bool
    picture: CardPicture | None
    second: CardPicture | None
    # (colour, its name)
    swatches: tuple[tuple[str, str], ...]
    # (axis, its values): ("Size", ("S", "M"))
    choices: tuple[tuple[str, tuple[str, ...]], ...]
    # The average of the published ratings, one decimal, and how many there are.
    rating: float | None
    ratings: int
    # What the merchant wants read in lists: ("Stoneware", "350 ml")
    facts: tuple[str, ...]

    @property
    def has_price_range(self) -> bool:
        """Variants differ in price: the card says "from"."""
        return self.price_min != self.price_max


def read_card(row: tuple[Any, ...], language: str) -> Card:
    """The card of a row with COLUMNS."""
    product_id, kind, price_min, price_max, compare_at, lowest, in_stock, data = row
    pictures = [_picture(picture, language) for picture in data["pictures"]]
    return Card(
        product_id=product_id,
        slug=data["slug"],
        name=say(data["name"], language),
        summary=say(data["summary"], language),
        brand=data["brand"],
        kind=kind,
        price_min=price_min,
        price_max=price_max,
        compare_at=compare_at,
        lowest=lowest,
        in_stock=bool(in_stock),
        picture=pictures[0] if pictures else None,
        second=pictures[1] if len(pictures) > 1 else None,
        swatches=tuple((colour, say(words, language)) for colour, words in data["swatches"]),
        choices=tuple(
            (say(axis, language), tuple(say(words, language) for words in values)) for axis, values in data["choices"]
        ),
        rating=average(*data["rating"]) if data.get("rating") else None,
        ratings=data["rating"][1] if data.get("rating") else 0,
        facts=tuple(say(words, language) for words in data.get("facts", [])),
    )


def average(total: int, count: int) -> float | None:
    """The mean of so many ratings with one decimal, halves up as people round; None without ratings."""
    return (total * 20 + count) // (count * 2) / 10 if count else None


def _picture(data: dict, language: str) -> CardPicture:
    return CardPicture(data["src"], data["srcset"], data["width"], data["height"], say(data["alt"], language))
