"""Whether a product fits a rule: asked of its facts, or of the database for all products at once."""

from catalog.rules.facts import Facts
from catalog.rules.fields import FIELDS, Around
from catalog.rules.tree import ALL, Condition, Group

Sql = tuple[str, list]


def fits(rule: Group, facts: Facts, around: Around) -> bool:
    """Whether the product fits. No database. An empty rule fits nothing."""
    if not rule.parts:
        return False
    answers = (_holds(part, facts, around) for part in rule.parts)
    return all(answers) if rule.match == ALL else any(answers)


def as_sql(rule: Group, around: Around) -> Sql:
    """The same as a condition on `catalog_listing l`, with its parameters."""
    if not rule.parts:
        return "FALSE", []
    parts = [_sql_of(part, around) for part in rule.parts]
    word = " AND " if rule.match == ALL else " OR "
    return word.join(f"({sql})" for sql, _ in parts), [value for _, values in parts for value in values]


def _holds(part: Condition | Group, facts: Facts, around: Around) -> bool:
    if isinstance(part, Group):
        return fits(part, facts, around)
    return FIELDS[part.field].operators[part.operator].holds(facts, part.value, around)


def _sql_of(part: Condition | Group, around: Around) -> Sql:
    if isinstance(part, Group):
        return as_sql(part, around)
    return FIELDS[part.field].operators[part.operator].sql(part.value, around)
