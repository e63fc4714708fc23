"""Which goods are meant: a product, a category with all below it, a brand, or any."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.models import Brand, Category, Product
from catalog.queries.navigation import names_by_path
from marketing.segments.params.base import LONGEST, Box, Option, Param, Posted, is_whole, whole

ANY, PRODUCT, CATEGORY, BRAND = "any", "product", "category", "brand"
ROWS = {PRODUCT: Product, CATEGORY: Category, BRAND: Brand}
# A longer list is not shown whole: it is looked through by a word.
SHORT, SHOWN = 200, 50
MOST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Goods(Param):
    """{"of": "category", "id": 7}, or {"of": "any"}. A draft keeps what is looked for under `find`."""

    def first(self) -> dict:
        return {"of": ANY}

    def typed(self, posted: Posted, at: str) -> dict:
        name = f"{at}-{self.name}"
        of = posted.get(name, "")[:LONGEST]
        if of not in ROWS:
            return {"of": of}
        found = {"find": text} if (text := posted.get(f"{name}-find", "").strip()[:LONGEST]) else {}
        # What was chosen of another list says nothing about this one.
        same = posted.get(f"{name}-was", of) == of
        return {"of": of, "id": whole(posted.get(f"{name}-id", "")) if same else "", **found}

    def boxes(self, value: Any, at: str) -> list[Box]:
        name, of = f"{at}-{self.name}", value.get("of")
        boxes = [Box(name, str(self.label), "select", of, list(_offers().items()))]
        if of in ROWS:
            offered = options(of, value.get("find", ""), value.get("id"))
            boxes += [Box(f"{name}-was", "", "hidden", of)]
            if of == PRODUCT or ROWS[of].objects.count() > SHORT:
                boxes.append(Box(f"{name}-find", _("Look for…"), "find", value.get("find", "")))
            told = [("", _("choose")), *offered]
            boxes.append(Box(f"{name}-id", str(_offers()[of]), "select", str(value.get("id", "")), told))
        return boxes

    def fault(self, value: Any) -> str:
        if isinstance(value, dict) and self.is_sound(value):
            of = value["of"]
            if of == ANY or ROWS[of].objects.filter(pk=value["id"]).exists():
                return ""
        return _("“%(label)s”: choose which goods are meant.") % {"label": self.label}

    def is_sound(self, value: Any) -> bool:
        of = value.get("of") if isinstance(value, dict) else None
        return of == ANY or (of in ROWS and is_whole(value.get("id"), 1, MOST_ID))

    def tidy(self, value: Any) -> Any:
        return {name: value[name] for name in ("of", "id") if name in value}

    def words(self, value: Any) -> str:
        if value["of"] == ANY:
            return ""
        row = ROWS[value["of"]].objects.filter(pk=value["id"]).first()
        return f"“{row}”" if row else _("goods that are not there any more")


def _offers() -> dict[str, str]:
    return {ANY: _("any goods"), CATEGORY: _("category"), BRAND: _("brand"), PRODUCT: _("product")}


def options(of: str, find: str, chosen: Any) -> list[Option]:
    """What can be chosen: all of it while it is short, else what was looked for and what is chosen."""
    rows = ROWS[of].objects.order_by("path" if of == CATEGORY else "name", "pk")
    pk = chosen if is_whole(chosen, 1, MOST_ID) else 0
    if find or of == PRODUCT or rows.count() > SHORT:
        rows = rows.filter(Q(pk=pk) | Q(name__icontains=find) if find else Q(pk=pk))[:SHOWN]
    if of == CATEGORY:
        names = names_by_path(get_language() or "en")
        step = Category.steplen
        return [
            (str(row.pk), " › ".join(names.get(row.path[:end], "?") for end in range(step, len(row.path) + 1, step)))
            for row in rows
        ]
    return [(str(row.pk), str(row)) for row in rows]


def products(value: dict) -> QuerySet[Product] | None:
    """The goods that are meant; None for any."""
    of = value["of"]
    if of == ANY:
        return None
    rows = Product.objects.order_by()
    if of == PRODUCT:
        return rows.filter(pk=value["id"])
    if of == BRAND:
        return rows.filter(brand=value["id"])
    return rows.filter(category__path__startswith=path_of(value["id"]))


def path_of(category_id: int) -> str:
    """The place of a category in the tree; of one that is gone, a place where nothing is."""
    path = Category.objects.filter(pk=category_id).values_list("path", flat=True).first()
    return path if path is not None else "!"
