"""What an import touched and how it was before, line by line, so that it can be undone.

A line is written inside the transaction of its batch, before the commit: a line too many does no harm, since undoing
looks at what is there now.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from catalog.actions.importing.plan import Plan
from catalog.models import Product, StockLevel, Variant


def before(plans: Iterable[Plan]) -> dict[str, dict]:
    """How the goods are now, as far as the plans touch them; by their keys. To be asked before anything is written."""
    return {plan.goods.key: _before(plan) for plan in plans if plan.does_something}


def _before(plan: Plan) -> dict:
    stored = plan.stored
    if stored is None:
        return {}
    product = stored.product
    names = {*plan.fields, *(["category_id"] if plan.place else [])}
    return {
        "fields": {name: _plain(getattr(product, _column(Product, name))) for name in names},
        "variants": {
            made.variant.pk: {name: _plain(getattr(made.variant, name)) for name in made.changes}
            for made in plan.variants
            if made.variant and made.changes
        },
        "levels": {pk: dict(places) for pk, places in stored.levels.items()},
        "prices": dict(stored.prices),
        "values": [list(name) for name in sorted(stored.facts)] if plan.facts is not None else None,
        "tags": sorted(stored.tags) if plan.tags is not None else None,
        "typed": [_fact(fact.attribute_id, stored.typed.get(fact.attribute_id)) for fact in plan.typed],
    }


def lines(plans: Iterable[Plan], known: dict[str, dict]) -> Iterator[dict]:
    """One line for each product that was touched; to be asked when all is written."""
    plans = [plan for plan in plans if plan.does_something and plan.product]
    old = {pk for plan in plans for pk in _variants_counted(plan)}
    levels = _levels(old)
    skus = [made.sku for plan in plans for made in plan.variants if made.variant is None and plan.stored]
    new = dict(Variant.objects.filter(sku__in=skus).values_list("sku", "pk"))
    stamps = dict(Product.objects.filter(pk__in=[plan.product for plan in plans]).values_list("pk", "updated_at"))
    for plan in plans:
        told = known[plan.goods.key]
        line = {"product": plan.product, "name": plan.row.name, "key": plan.row.key, "line": plan.row.line}
        if plan.stored is None:
            yield line | {"new": True, "import_key": plan.goods.key, "updated": _plain(stamps.get(plan.product))}
            continue
        product = plan.stored.product
        yield line | {
            "fields": {
                name: [value, _plain(getattr(product, _column(Product, name)))]
                for name, value in told["fields"].items()
            },
            "variants": {
                made.variant.pk: {
                    name: [value, _plain(getattr(made.variant, name))]
                    for name, value in told["variants"][made.variant.pk].items()
                }
                for made in plan.variants
                if made.variant and made.changes
            },
            "levels": [
                [pk, place, told["levels"].get(pk, {}).get(place, 0), number]
                for pk in _variants_counted(plan)
                for place, number in levels.get(pk, {}).items()
                if told["levels"].get(pk, {}).get(place, 0) != number
            ],
            "prices": [
                [made.variant.pk, currency, told["prices"].get((made.variant.pk, currency), 0), price]
                for made in plan.variants
                if made.variant
                for currency, price in made.prices.items()
            ],
            "values": [told["values"], sorted(map(list, plan.facts))] if plan.facts is not None else None,
            "tags": [told["tags"], sorted(tag.pk for tag in plan.tags)] if plan.tags is not None else None,
            "typed": [
                [fact.attribute_id, fact.kind, had, {name: _plain(value) for name, value in fact.columns.items()}]
                for fact, had in zip(plan.typed, told["typed"], strict=True)
            ],
            "alts": plan.alts,
            "made": [new[made.sku] for made in plan.variants if made.variant is None and made.sku in new],
        }


def append(path: Path, lines: Iterable[dict]) -> None:
    """Write the lines at the end of a journal."""
    with path.open("a", encoding="utf-8") as file:
        for line in lines:
            print(json.dumps(line), file=file)


def backwards(path: Path) -> Iterator[dict]:
    """The lines, the last one first; their places are found beforehand, so that memory does not grow with them."""
    with path.open("rb") as file:
        places = [0]
        for line in file:
            places.append(places[-1] + len(line))
        for place in reversed(places[:-1]):
            file.seek(place)
            yield json.loads(file.readline())


def _variants_counted(plan: Plan) -> list[int]:
    return [made.variant.pk for made in plan.variants if made.variant and (made.counts or made.count is not None)]


def _levels(variants: Iterable[int]) -> dict[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = {}
    for level in StockLevel.objects.filter(variant__in=list(variants)):
        found.setdefault(level.variant_id, {})[level.location_id] = level.on_hand
    return found


def _fact(attribute: int, fact) -> dict | None:
    if fact is None:
        return None
    names = ("number", "yes", "day", "reference_id", "text", *(f.attname for f in _texts(fact)))
    return {name: _plain(getattr(fact, name)) for name in names}


def _texts(fact) -> list:
    return [field for field in fact._meta.concrete_fields if field.attname.startswith("text_")]


def _column(model, name: str) -> str:
    return model._meta.get_field(name.removesuffix("_id")).attname


def _plain(value: object) -> object:
    """As JSON can hold it."""
    if isinstance(value, datetime) or hasattr(value, "isoformat"):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | str) else str(value)
