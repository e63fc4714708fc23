"""What few products have beside the rest: tags, links to other goods, films, questions. One query, kept by revision."""

from dataclasses import dataclass, field

from django.core.files.storage import default_storage
from django.db import connection

from catalog import memo
from catalog.listings.cards import Card
from catalog.models import ProductLink
from catalog.queries.lists.rows import cards_of
from catalog.queries.product.rows import said_in

# ruff: noqa: S608 - only fixed text and names of columns are put together here.

# So many cards stand under one heading.
MOST = 8


@dataclass(frozen=True, slots=True)
class FilmView:
    """A film with the addresses of its file and of its subtitles (or "")."""

    src: str
    title: str
    captions: str

    @property
    def type(self) -> str:
        return "video/webm" if self.src.endswith(".webm") else "video/mp4"


@dataclass(frozen=True, slots=True)
class Extras:
    """`links` are cards by kind of link, `tags` (code, words); `asks`: whether it asks its buyers something."""

    asks: bool = False
    tags: list[tuple[str, str]] = field(default_factory=list)
    links: dict[str, list[Card]] = field(default_factory=dict)
    films: list[FilmView] = field(default_factory=list)

    @property
    def complementary(self) -> list[Card]:
        return self.links.get(ProductLink.Kind.COMPLEMENTARY, [])

    @property
    def related(self) -> list[Card]:
        return self.links.get(ProductLink.Kind.RELATED, [])

    @property
    def upgrades(self) -> list[Card]:
        return self.links.get(ProductLink.Kind.UPGRADE, [])


def extras_of(product_id: int, language: str, state: str) -> Extras:
    """Of this product, in the words of one reader; one query where it has none, two where it leads to others."""
    return memo.remember(("extras", state, product_id, language), lambda: _read(product_id, language))


def _read(product_id: int, language: str) -> Extras:
    rows = _rows(product_id, language)
    if not rows:
        return Extras()
    targets = [(row[2], int(row[3])) for row in rows if row[0] == "link"]
    cards = {card.product_id: card for card in cards_of(list({pk for _kind, pk in targets}), language)}
    links: dict[str, list[Card]] = {}
    for kind, pk in targets:
        if pk in cards and len(links.setdefault(kind, [])) < MOST:
            links[kind].append(cards[pk])
    url = default_storage.url
    films = [FilmView(url(row[2]), row[3], url(row[4]) if row[4] else "") for row in rows if row[0] == "film"]
    tags = [(row[2], row[3]) for row in rows if row[0] == "tag"]
    return Extras(any(row[0] == "asks" for row in rows), tags, {k: v for k, v in links.items() if v}, films)


def _rows(product_id: int, language: str) -> list[tuple]:
    sql = f"""
    SELECT 'asks', 0, '', '', '' FROM catalog_personalisation WHERE product_id = %s
    UNION ALL SELECT 'tag', tag.position * 1000, tag.code, {said_in("tag.name", language)}, ''
      FROM catalog_product_tags link JOIN catalog_tag tag ON tag.id = link.tag_id WHERE link.product_id = %s
    UNION ALL SELECT 'link', link.position * 1000, link.kind, CAST(link.target_id AS TEXT), ''
      FROM catalog_productlink link WHERE link.product_id = %s
    UNION ALL SELECT 'film', film.position * 1000, film.file, {said_in("film.title", language)}, film.captions
      FROM catalog_film film WHERE film.product_id = %s
    ORDER BY 1, 2, 3, 4
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [product_id] * 4)
        return cursor.fetchall()
