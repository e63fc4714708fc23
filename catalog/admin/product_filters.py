"""What the list of products can be narrowed to."""

from functools import reduce
from operator import or_

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import AutocompleteSelectFilter

from catalog.admin.pickers import BelowCategory
from catalog.models import Fact, Picture, Product, TypeAttribute, Variant
from catalog.queries.stock import can_be_had
from catalog.queries.translations import lacks


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
            # What is listed says so itself; only the rest has to be looked through.
            unlisted = Q(listing__isnull=True) & ~Exists(active.filter(can_be_had()))
            return queryset.filter(Q(listing__in_stock=False) | unlisted)
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


# Categories and brands are looked for: a list of links would grow with the shop.
FILTERS = ["status", "type", ("category", BelowCategory), ("brand", AutocompleteSelectFilter), Lacking, "kind"]
