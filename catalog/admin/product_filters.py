"""What the list of products can be narrowed to."""

from functools import reduce
from operator import or_

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import Category, Fact, Picture, Product, TypeAttribute, Variant
from catalog.queries.stock import can_be_had
from catalog.queries.translations import lacks

# A larger tree is walked down step by step.
AT_MOST = 200


class BelowCategory(admin.SimpleListFilter):
    """A category with everything below it."""

    title = gettext_lazy("category")
    parameter_name = "category"

    def lookups(self, request, model_admin):
        rows = Category.objects.order_by("path")
        if rows.count() > AT_MOST:
            rows = rows.filter(self._near(request.GET.get(self.parameter_name, "")))
        return [(row.pk, f"{'· ' * (row.depth - 1)}{row.name}") for row in rows]

    def _near(self, chosen: str) -> Q:
        """Of a large tree: its top, the way to the chosen one, and what lies directly below that."""
        known = chosen.isdecimal() and len(chosen) < 15
        path = Category.objects.filter(pk=chosen).values_list("path", flat=True).first() if known else None
        if path is None:
            return Q(depth=1)
        ends = range(Category.steplen, len(path) + 1, Category.steplen)
        below = Q(path__startswith=path, depth=len(ends) + 1)
        return Q(depth=1) | Q(path__in=[path[:end] for end in ends]) | below

    def queryset(self, request, queryset):
        if not (self.value() or "").isdecimal():
            return queryset
        path = Category.objects.filter(pk=self.value()).values_list("path", flat=True).first()
        return queryset.filter(category__path__startswith=path) if path else queryset.none()


class Lacking(admin.SimpleListFilter):
    """What a product still needs before it is a good page."""

    title = gettext_lazy("what is missing")
    parameter_name = "lacking"

    def lookups(self, request, model_admin):
        return [
            ("stock", _("stock")),
            ("picture", _("pictures")),
            ("variant", _("a variant for sale")),
            ("facts", _("required facts")),
            ("es", _("Spanish words")),
            ("ru", _("Russian words")),
        ]

    def queryset(self, request, queryset):
        active = Variant.objects.filter(product=OuterRef("pk"), is_active=True)
        if self.value() == "stock":
            return queryset.exclude(Exists(active.filter(can_be_had())))
        if self.value() == "picture":
            return queryset.exclude(Exists(Picture.objects.filter(product=OuterRef("pk"))))
        if self.value() == "variant":
            return queryset.exclude(Exists(active))
        if self.value() in ("es", "ru"):
            lacking = (lacks(field, self.value()) for field in ("name", "summary", "description"))
            return queryset.filter(reduce(or_, lacking))
        if self.value() == "facts":
            return queryset.filter(Exists(_required_and_not_said()))
        return queryset


def _required_and_not_said():
    """The rows of its type that ask for something the product does not say."""
    told = Fact.objects.filter(product=OuterRef(OuterRef("pk")), attribute=OuterRef("attribute"))
    chosen = Product.attributes.through.objects.filter(
        product=OuterRef(OuterRef("pk")), attributevalue__attribute=OuterRef("attribute")
    )
    rows = TypeAttribute.objects.filter(type=OuterRef("type"), is_required=True)
    return rows.exclude(Exists(told)).exclude(Exists(chosen))


FILTERS = ["status", "type", BelowCategory, Lacking, ("brand", admin.RelatedOnlyFieldListFilter), "kind"]
