"""What a column of a file can be: the fields that an import knows, by name, and how files call them.

A name stands alone (`price`), bears a language (`name_es`), or is followed by what it is about: `option:size`,
`attribute:material`, `attribute:care:es`, `price:usd`, `stock:valencia`. Our own export has these names as the heads
of its columns.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.actions.importing import listed
from catalog.models import Product, Variant
from catalog.words import languages

WORDS = ("name", "summary", "description", "search_title", "search_description")
AXES = (1, 2, 3, 4, 5)
OPTIONS = tuple(f"option{number}_{part}" for number in AXES for part in ("name", "value"))
PLAIN = (
    *("product", "key", "slug", "sku", "category", "brand", "tags", "type", "kind", "tax_class", "status"),
    *("price", "compare_at", "cost", "currency", "locale", "stock", "weight", "weight_unit", "barcode", "for_sale"),
    *("counts_stock", "picture", "picture_alt", "picture_option"),
)
ABOUT = ("option", "attribute", "price", "stock")
SHOWN = 60


def has_field(model, name: str) -> bool:
    """Whether the shop knows such a thing."""
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True


@lru_cache(maxsize=1)
def words() -> tuple[str, ...]:
    """The translated fields of a product that there are."""
    return tuple(name for name in WORDS if has_field(Product, name))


def canonical(name: str) -> str | None:
    """The name of a target as this program writes it; None when there is no such target."""
    name = name.strip()
    about, colon, what = name.partition(":")
    if colon and about in ABOUT and what.strip():
        return f"{about}:{what.strip()}"
    for word in WORDS:
        if name == word or name == f"{word}_{languages()[0]}":
            return word
        if name in {f"{word}_{language}" for language in languages()[1:]}:
            return name
    if name in PLAIN or name in OPTIONS:
        return name
    return name if name in {f"picture_alt_{language}" for language in languages()[1:]} else None


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of the list beside a column."""

    target: str
    label: str


def groups(title: str, locations: list[str]) -> Iterator[tuple[str, list[Choice]]]:
    """What the column of that title can be, in groups."""
    title = title[:SHOWN]
    yield (
        _("Product"),
        [
            Choice("key", _("key that tells products apart")),
            *_choices_of_words(),
            Choice("brand", _("brand")),
            Choice("category", _("category, or the path to it")),
            *([Choice("tags", _("tags"))] if has_field(Product, "tags") else []),
            *([Choice("type", _("product type"))] if has_field(Product, "type") else []),
            Choice("kind", _("kind")),
            Choice("status", _("status")),
            Choice("slug", _("address")),
            Choice("picture", _("pictures")),
            Choice("locale", _("language of this row")),
        ],
    )
    yield (
        _("Variant"),
        [
            Choice("sku", _("SKU")),
            Choice("barcode", _("barcode")),
            Choice("price", _("price in %(currency)s") % {"currency": settings.SHOP_CURRENCY}),
            Choice("compare_at", _("price before")),
            *([Choice("cost", _("cost"))] if has_field(Variant, "cost") else []),
            *[
                Choice(f"price:{currency}", _("price in %(currency)s") % {"currency": currency})
                for currency in other_currencies()
            ],
            Choice("currency", _("currency of this row")),
            Choice("stock", _("stock")),
            *[Choice(f"stock:{name}", _("stock: %(location)s") % {"location": name}) for name in locations],
            Choice("weight", _("weight")),
            Choice("weight_unit", _("unit of the weight")),
            Choice("for_sale", _("for sale")),
            Choice("counts_stock", _("counts stock")),
        ],
    )
    yield (
        _("Options and attributes"),
        [
            Choice(f"option:{title}", _("option “%(title)s”") % {"title": title}),
            Choice(f"attribute:{title}", _("attribute “%(title)s”") % {"title": title}),
            *_numbered_options(),
        ],
    )


def _numbered_options() -> list[Choice]:
    return [
        choice
        for number in AXES[:3]
        for choice in (
            Choice(f"option{number}_name", _("name of option %(number)d") % {"number": number}),
            Choice(f"option{number}_value", _("value of option %(number)d") % {"number": number}),
        )
    ]


def _choices_of_words() -> list[Choice]:
    labels = {
        "name": _("name"),
        "summary": _("summary"),
        "description": _("description"),
        "search_title": _("search title"),
        "search_description": _("search description"),
    }
    names = dict(settings.LANGUAGES)
    return [
        Choice(word if language == languages()[0] else f"{word}_{language}", f"{labels[word]} ({names[language]})")
        for word in words()
        for language in languages()
    ]


def other_currencies() -> list[str]:
    """The currencies that the shop also has a price list in."""
    return sorted(set(listed.lists()) - {settings.SHOP_CURRENCY})


NOTHING = gettext_lazy("leave out")
