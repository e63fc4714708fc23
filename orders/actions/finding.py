"""Finding an order among a million: by the beginnings of its words, each of which stands in an index."""

import re
from collections.abc import Iterable

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from catalog import bulk
from catalog.search.analysis import fold
from orders.models import Order, OrderWord

# What a clerk types, at most; and from how many orders on a word is looked for in each order rather than listed.
MOST_TERMS, FEW = 6, 1000
LONGEST = OrderWord.LONGEST
_parts = re.compile(r"[^\W_]+")
_phone = re.compile(r"[\d\s()+./-]{6,}")


def remember(order: Order, addresses: Iterable, lines: Iterable) -> None:
    """Write the words of an order; called again after its address or lines changed, those that are new."""
    rows = [(order.pk, word) for word in sorted(words_of(order, addresses, lines))]
    bulk.write(OrderWord._meta.db_table, ["order_id", "word"], rows, "ON CONFLICT DO NOTHING")


def forget(order: Order) -> None:
    """For an order that must not be found by the person who bought it any more."""
    OrderWord.objects.filter(order=order).delete()


def words_of(order: Order, addresses: Iterable, lines: Iterable) -> set[str]:
    """Mail, names, companies, postcodes, phones, SKUs and what the goods are called; in small letters."""
    found = {fold(order.email)[:LONGEST], *_split(order.email)}
    for address in addresses:
        found |= _split(address.name) | _split(address.company) | _split(address.postcode) | _ends(address.phone)
    found |= _ends(order.phone)
    for line in lines:
        found |= {fold(line.sku)[:LONGEST], *(word for word in _split(line.product_name) if len(word) > 2)}
    return found - {""}


def _split(text: str) -> set[str]:
    return {word[:LONGEST] for word in _parts.findall(fold(text))}


def _ends(phone: str) -> set[str]:
    """The number whole and without the code of its country: nobody knows how the next person writes it."""
    digits = "".join(letter for letter in phone if letter.isdigit())[:LONGEST]
    return {digits, digits[-9:]} if len(digits) > 5 else set()


def find(orders: QuerySet, typed: str) -> QuerySet:
    """The orders of these that have words which begin as each of the typed ones, or the typed number; else all."""
    for term in terms_of(typed):
        rows = OrderWord.objects.filter(_begins(term))
        number = Q(number__in={term, term.upper()})
        few = list(rows.values_list("order_id", flat=True)[: FEW + 1])
        if len(few) > FEW:
            # So common that walking through the newest orders soon meets it.
            orders = orders.filter(number | Exists(rows.filter(order=OuterRef("pk"))))
        else:
            orders = orders.filter(number | Q(pk__in=set(few)))
    return orders


def terms_of(typed: str) -> list[str]:
    """What was typed as it is compared."""
    if _phone.fullmatch(typed.strip()):
        digits = "".join(letter for letter in typed if letter.isdigit())
        return [digits[:LONGEST]] if digits else []
    return [term[:LONGEST] for term in dict.fromkeys(fold(typed[:200]).split())][:MOST_TERMS]


def _begins(term: str) -> Q:
    if connection.vendor == "sqlite":
        # LIKE does not use the index there.
        return Q(word__gte=term, word__lt=f"{term}\U0010ffff")
    return Q(word__startswith=term)
