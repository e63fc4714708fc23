"""What is said of products, in one reader's words: shared values and facts of their own, for one query."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext, override

from catalog.measures import say_date, say_number, say_size
from catalog.queries.product.rows import said_in

# ruff: noqa: S608 - only fixed text and names of columns are put together here.
# The order of the type's attributes comes first, then the order that attributes have among themselves.
ORDER = "COALESCE(place.position, 1000000 + attribute.position)"
OF_TYPE = """
JOIN catalog_product product ON product.id = {product}
LEFT JOIN catalog_typeattribute place ON place.type_id = product.type_id AND place.attribute_id = attribute.id
"""


@dataclass(frozen=True, slots=True)
class FactView:
    """One line of the table of facts.

    `text` is for people. `slug` is set when it leads to another product, `file` (the key of the fact) when there is
    something to download. `code` is the attribute's.
    """

    code: str
    name: str
    text: str
    kind: str = "choice"
    slug: str = ""
    file: int | None = None
    swatches: tuple[str, ...] = ()


def facts_of(product_ids: Collection[int], language: str) -> dict[int, list[FactView]]:
    """The facts of each of these products that shoppers may read, in the order of its type; one query."""
    if not product_ids:
        return {}
    marks = ", ".join(["%s"] * len(product_ids))
    chosen = f"""
    SELECT link.product_id, {ORDER}, attribute.id, answer.position, answer.id, attribute.code,
      {said_in("attribute.name", language)}, attribute.kind, '', '',
      {said_in("answer.value", language)}, answer.swatch, NULL, NULL, NULL, 0
    FROM catalog_product_attributes link JOIN catalog_attributevalue answer ON answer.id = link.attributevalue_id
    JOIN catalog_attribute attribute ON attribute.id = answer.attribute_id {OF_TYPE.format(product="link.product_id")}
    WHERE link.product_id IN ({marks}) AND attribute.is_public
    """
    told = f"""
    SELECT fact.product_id, {ORDER}, attribute.id, 0, fact.id, attribute.code,
      {said_in("attribute.name", language)}, attribute.kind, attribute.unit, {said_in("attribute.own_unit", language)},
      CASE WHEN fact.kind = 'text' THEN {said_in("fact.text", language)}
        WHEN fact.kind = 'reference' THEN {said_in("other.name", language)} ELSE fact.path END,
      COALESCE(other.slug, ''), fact.number, fact.yes, fact.day, fact.size
    FROM catalog_fact fact JOIN catalog_attribute attribute ON attribute.id = fact.attribute_id
    {OF_TYPE.format(product="fact.product_id")}
    LEFT JOIN catalog_product other ON other.id = fact.reference_id AND other.status = 'published'
    WHERE fact.product_id IN ({marks}) AND attribute.is_public AND (fact.kind <> 'reference' OR other.id IS NOT NULL)
    """
    with connection.cursor() as cursor:
        cursor.execute(f"{chosen} UNION ALL {told} ORDER BY 1, 2, 3, 4, 5", [*product_ids, *product_ids])
        rows = cursor.fetchall()
    found: dict[int, dict[int, FactView]] = {}
    with override(language):
        for product, _order, attribute, _place, pk, *row in rows:
            mine = found.setdefault(product, {})
            mine[attribute] = _joined(mine.get(attribute), _view(pk, *row, language=language))
    return {product: list(facts.values()) for product, facts in found.items()}


def _joined(first: FactView | None, fact: FactView) -> FactView:
    """Several values of one attribute are one line."""
    if first is None:
        return fact
    text, swatches = f"{first.text}, {fact.text}", first.swatches + fact.swatches
    return FactView(first.code, first.name, text, first.kind, swatches=swatches)


def _view(pk, code, name, kind, unit, own_unit, text, mark, number, yes, day, size, *, language: str) -> FactView:
    match kind:
        case "number":
            return FactView(code, name, say_number(Decimal(str(number)), language, unit, own_unit), kind)
        case "yes-no":
            return FactView(code, name, gettext("Yes") if yes else gettext("No"), kind)
        case "date":
            return FactView(code, name, say_date(_day(day), language), kind)
        case "file":
            suffix = Path(text).suffix.removeprefix(".").upper()
            return FactView(code, name, f"{suffix}, {say_size(size, language)}", kind, file=pk)
        case "reference":
            return FactView(code, name, text, kind, slug=mark)
    return FactView(code, name, text, kind, swatches=(mark,) if mark else ())


def _day(day: date | str) -> date:
    """SQLite says a day as text below the ORM."""
    return date.fromisoformat(day) if isinstance(day, str) else day
