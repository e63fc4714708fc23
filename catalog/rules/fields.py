"""What a condition can be about. Each operator is written twice, as a check of facts and as SQL, side by side."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from catalog.rules.facts import Facts

# Kinds of values, which also say what the form shows.
CATEGORY, BRAND, ATTRIBUTE, OPTION, TAG, KIND = "category", "brand", "attribute", "option", "tag", "kind"
MONEY, DAYS, NUMBER, YES = "money", "days", "number", "yes"
REFERENCES = (CATEGORY, BRAND, ATTRIBUTE, OPTION, TAG)
LARGEST = 10**12
LONGEST_AGE = 36_500


@dataclass(frozen=True, slots=True)
class Around:
    """What a rule needs beside the product: the hour, where categories hang, and the ranks of the most wanted."""

    now: datetime
    paths: Mapping[int, str] = field(default_factory=dict)
    borders: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def since(self, days: int) -> datetime:
        return self.now - timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Operator:
    """`holds(facts, value, around)` and `sql(value, around)` answer the same."""

    label: str | Promise
    holds: Callable[[Facts, object, Around], bool]
    sql: Callable[[object, Around], tuple[str, list]]


@dataclass(frozen=True, slots=True)
class Field:
    code: str
    label: str | Promise
    kind: str
    operators: Mapping[str, Operator]

    def takes(self, value: object) -> bool:
        """Whether the value is of the right kind and size; it may name a row that is gone."""
        if self.kind == YES:
            return isinstance(value, bool)
        if self.kind == KIND:
            return value in Product.Kind.values
        most = LONGEST_AGE if self.kind == DAYS else LARGEST
        least = 0 if self.kind == MONEY else 1
        return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _stored(moment: datetime) -> object:
    """As the database keeps it."""
    return connection.ops.adapt_datetimefield_value(moment)


def _below(path: str | None, l_path: str) -> bool:
    return path is not None and l_path.startswith(path)


def _in_category(value: int, around: Around) -> tuple[str, list]:
    path = around.paths.get(value)
    return ("l.category_path BETWEEN %s AND %s", [path, path.ljust(255, "Z")]) if path else ("FALSE", [])


def _has(link: str) -> Callable:
    return lambda value, around: (f"EXISTS (SELECT 1 FROM {link} = %s)", [value])  # noqa: S608 - fixed text


def _not(sql: Callable) -> Callable:
    def negated(value: object, around: Around) -> tuple[str, list]:
        text, params = sql(value, around)
        return f"NOT ({text})", params

    return negated


def _compared(code: str, name: str, kind: str, label, words: tuple, column: str) -> Field:
    """A number with a lower and an upper bound, both included."""
    at_least, at_most = words
    return Field(
        code,
        label,
        kind,
        {
            "at-least": Operator(
                at_least, lambda f, v, a: getattr(f, name) >= v, lambda v, a: (f"{column} >= %s", [v])
            ),
            "at-most": Operator(at_most, lambda f, v, a: getattr(f, name) <= v, lambda v, a: (f"{column} <= %s", [v])),
        },
    )


def _yes(code: str, name: str, label, sql: str) -> Field:
    return Field(
        code,
        label,
        YES,
        {
            "is": Operator(
                _("is"),
                lambda f, v, a: getattr(f, name) is v,
                lambda v, a: (sql if v else f"NOT ({sql})", []),
            )
        },
    )


IS = (_("is"), _("is not"))


def _one_of(code: str, label, kind: str, holds: Callable, sql: Callable, words=IS) -> Field:
    return Field(
        code,
        label,
        kind,
        {
            "is": Operator(words[0], holds, sql),
            "is-not": Operator(words[1], lambda f, v, a: not holds(f, v, a), _not(sql)),
        },
    )


_brand = (lambda f, v, a: f.brand == v, lambda v, a: ("COALESCE(l.brand_id, 0) = %s", [v]))
_attribute = (
    "catalog_product_attributes r JOIN catalog_attributevalue w ON w.id = r.attributevalue_id "
    "JOIN catalog_attribute a ON a.id = w.attribute_id AND a.is_public "
    "WHERE r.product_id = l.product_id AND r.attributevalue_id"
)
_option = (
    "catalog_variant_values r JOIN catalog_variant v ON v.id = r.variant_id "
    "WHERE v.product_id = l.product_id AND v.is_active AND r.optionvalue_id"
)
_tag = "catalog_product_tags r WHERE r.product_id = l.product_id AND r.tag_id"
_sold = "(SELECT p.sold_lately FROM catalog_product p WHERE p.id = l.product_id)"


def _is_wanted(facts: Facts, value: int, around: Around) -> bool:
    border = around.borders.get(str(value))
    return border is None or (facts.popularity, facts.product_id) >= tuple(border)


def _wanted_sql(value: int, around: Around) -> tuple[str, list]:
    border = around.borders.get(str(value))
    if border is None:
        return "TRUE", []
    popularity, product_id = border
    return "l.popularity > %s OR (l.popularity = %s AND l.product_id >= %s)", [popularity, popularity, product_id]


_all = [
    _one_of(
        "category",
        _("category"),
        CATEGORY,
        lambda f, v, a: _below(a.paths.get(v), f.category_path),
        _in_category,
        (_("is, or lies below,"), _("is not, nor lies below,")),
    ),
    _one_of("brand", _("brand"), BRAND, *_brand),
    _one_of("attribute", _("attribute"), ATTRIBUTE, lambda f, v, a: v in f.attributes, _has(_attribute)),
    _one_of("option", _("option"), OPTION, lambda f, v, a: v in f.options, _has(_option)),
    _one_of("tag", _("tag"), TAG, lambda f, v, a: v in f.tags, _has(_tag)),
    _one_of("kind", _("kind"), KIND, lambda f, v, a: f.kind == v, lambda v, a: ("l.kind = %s", [v])),
    _compared("price", "price", MONEY, _("price"), (_("is at least"), _("is at most")), "l.price_min"),
    _yes("sale", "on_sale", _("reduced"), "l.compare_at IS NOT NULL"),
    _yes("stock", "in_stock", _("in stock"), "l.in_stock"),
    Field(
        "age",
        _("time in the shop"),
        DAYS,
        {
            "newer": Operator(
                _("is less than (days)"),
                lambda f, v, a: f.published_at > a.since(v),
                lambda v, a: ("l.published_at > %s", [_stored(a.since(v))]),
            ),
            "older": Operator(
                _("is at least (days)"),
                lambda f, v, a: f.published_at <= a.since(v),
                lambda v, a: ("l.published_at <= %s", [_stored(a.since(v))]),
            ),
        },
    ),
    _compared("sold", "sold_lately", NUMBER, _("pieces sold in 60 days"), (_("are at least"), _("are at most")), _sold),
    Field(
        "wanted",
        _("place among the most wanted"),
        NUMBER,
        {"top": Operator(_("is at most"), _is_wanted, _wanted_sql)},
    ),
]
#: Every field by its code, in the order in which the form offers them.
FIELDS: dict[str, Field] = {each.code: each for each in _all}
