"""Twenty collections that follow rules, of every kind of condition that a merchant would write."""

from catalog import rules
from catalog.actions.collections import save_rule
from catalog.models import AttributeValue, Brand, Category, Collection

NUMBER = 20


def make_themes(places: list[Category], brands: list[Brand], facts: list[list[AttributeValue]]) -> None:
    """Those that are missing; each covers a hundredth to a tenth of the goods."""
    for number in range(NUMBER):
        collection, made = Collection.objects.get_or_create(
            slug=f"bench-theme-{number}", defaults={"name": f"Theme {number}", "is_public": number % 4 == 0}
        )
        if made:
            save_rule(collection, rules.read({"match": "all", "parts": _parts(number, places, brands, facts)}))


def _parts(number: int, places: list[Category], brands: list[Brand], facts: list[list[AttributeValue]]) -> list[dict]:
    values = facts[number % len(facts)]
    fact = _is("attribute", values[number % len(values)].pk)
    beside = (
        [_is("category", places[number].get_parent().pk)],
        [{"field": "price", "operator": "at-most", "value": 500 * (number + 2)}, _is("stock", True)],
        [{"match": "any", "parts": [_is("brand", brands[number + place].pk) for place in range(5)]}],
        [{"field": "age", "operator": "newer", "value": 10 + number}, _is("sale", True)],
    )
    return [fact, *beside[number % len(beside)]]


def _is(field: str, value: object) -> dict:
    return {"field": field, "operator": "is", "value": value}
