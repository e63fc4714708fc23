"""The cards of a page, in the order asked for."""

import json
from collections.abc import Sequence

from django.db import connection

from catalog.listings.cards import COLUMNS, Card, read_card
from catalog.queries.lists.scopes import Condition
from catalog.queries.lists.table import in_market, order_of

FIELDS = ", ".join(f"l.{name}" for name in COLUMNS)


def cards_of_page(where: Condition, sort: str, first: int, number: int, language: str) -> list[Card]:
    """Some cards of the list, from that place on. The inner query walks an index, so a late page costs little more."""
    order = order_of(sort)
    inner = f"SELECT l.product_id FROM catalog_listing l WHERE {where[0]} ORDER BY {order} LIMIT %s OFFSET %s"  # noqa: S608
    sql = f"SELECT {FIELDS} FROM catalog_listing l JOIN ({inner}) p ON p.product_id = l.product_id ORDER BY {order}"  # noqa: S608
    return _cards(sql, [*where[1], number, first], language)


def cards_of(ids: Sequence[int], language: str) -> list[Card]:
    """The cards of these products, in this order; products that are not listed are missing."""
    if not ids:
        return []
    marks = ", ".join(["%s"] * len(ids))
    cards = _cards(f"SELECT {FIELDS} FROM catalog_listing l WHERE l.product_id IN ({marks})", list(ids), language)  # noqa: S608
    place = {product_id: place for place, product_id in enumerate(ids)}
    return sorted(cards, key=lambda card: place[card.product_id])


def ids_of(where: Condition, sort: str, first: Sequence[int] = ()) -> list[int]:
    """Every product of the list in that order; those of `first` before the others, in their own order, if in stock."""
    with connection.cursor() as cursor:
        cursor.execute(
            in_market(
                f"SELECT l.product_id, l.in_stock FROM catalog_listing l WHERE {where[0]} ORDER BY {order_of(sort)}"  # noqa: S608
            ),
            where[1],
        )
        rows = cursor.fetchall()
    rank = {product_id: place for place, product_id in enumerate(first)}
    if rank:
        # Python's sort leaves what ranks equal as the database gave it.
        rows.sort(key=lambda row: (not row[1], rank.get(row[0], len(rank))))
    return [product_id for product_id, _ in rows]


def _cards(sql: str, params: list, language: str) -> list[Card]:
    with connection.cursor() as cursor:
        cursor.execute(in_market(sql), params)
        rows = cursor.fetchall()
    return [read_card((*row[:-1], _loaded(row[-1])), language) for row in rows]


def _loaded(card: str | dict) -> dict:
    return json.loads(card) if isinstance(card, str) else card
