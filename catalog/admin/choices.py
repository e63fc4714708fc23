"""What can be chosen where there may be thousands: all of it while it is short, else what was looked for."""

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.models import AttributeValue, Brand, Category, OptionValue, Product, Tag
from catalog.queries.navigation import names_by_path
from catalog.rules import fields as kinds
from catalog.words import languages

Choice = tuple[str, str]
# A longer list is not shown whole: it is looked through by a word.
SHORT, SHOWN = 200, 50


def is_short(kind: str) -> bool:
    """Whether all choices can be shown at once."""
    rows = _ROWS.get(kind)
    return rows is None or rows().count() <= SHORT


def choices(kind: str, find: str = "", chosen: str = "") -> list[Choice]:
    """(value, words) to choose from; the one that is chosen is among them while it exists."""
    if kind == kinds.YES:
        return [("yes", _("yes")), ("no", _("no"))]
    if kind == kinds.KIND:
        return [(value, str(label)) for value, label in Product.Kind.choices]
    rows = _ROWS[kind]()
    if find or not is_short(kind):
        key = Q(pk=int(chosen)) if chosen.isascii() and chosen.isdigit() and len(chosen) < 15 else Q(pk=None)
        rows = rows.filter(_named(kind, find) | key if find else key)[:SHOWN]
    if kind == kinds.CATEGORY:
        return _with_paths(rows)
    return [(str(row.pk), _LABELS[kind](row)) for row in rows]


def _with_paths(rows) -> list[Choice]:
    names = names_by_path(get_language() or "en")
    step = Category.steplen
    return [
        (str(row.pk), " › ".join(names.get(row.path[:end], "?") for end in range(step, len(row.path) + 1, step)))
        for row in rows
    ]


def _named(kind: str, find: str) -> Q:
    if kind == kinds.BRAND:
        return Q(name__icontains=find)
    word, parent = _NAMES[kind]
    said = Q()
    for language in languages():
        said |= Q(**{f"{word}_{language}__icontains": find})
        if parent:
            said |= Q(**{f"{parent}_{language}__icontains": find})
    return said


_NAMES = {
    kinds.CATEGORY: ("name", ""),
    kinds.ATTRIBUTE: ("value", "attribute__name"),
    kinds.OPTION: ("value", "option__name"),
    kinds.TAG: ("name", ""),
}
_ROWS = {
    kinds.CATEGORY: lambda: Category.objects.order_by("path"),
    kinds.BRAND: lambda: Brand.objects.order_by("name"),
    kinds.ATTRIBUTE: lambda: (
        AttributeValue.objects.filter(attribute__is_public=True)
        .select_related("attribute")
        .order_by("attribute__position", "attribute_id", "position", "pk")
    ),
    kinds.OPTION: lambda: OptionValue.objects.select_related("option").order_by(
        "option__position", "option_id", "position", "pk"
    ),
    kinds.TAG: lambda: Tag.objects.order_by("position", "pk"),
}
_LABELS = {
    kinds.TAG: str,
    kinds.BRAND: str,
    kinds.ATTRIBUTE: lambda row: f"{row.attribute}: {row}",
    kinds.OPTION: lambda row: f"{row.option}: {row}",
}
