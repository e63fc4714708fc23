"""The tree of categories, as one indented list."""

from django.contrib import admin
from django.db import transaction
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import redirect
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from treebeard.forms import MoveNodeForm, movenodeform_factory
from unfold.admin import ModelAdmin
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminSelectWidget

from catalog.actions import addresses, categories
from catalog.admin import category_removal, category_tree
from catalog.admin.addresses import KeepsAddress
from catalog.admin.category_import import CategoryImportPages
from catalog.admin.languages import WordsForm, in_all, tabs
from catalog.admin.pickers import CategoryField
from catalog.admin.refreshing import follow
from catalog.admin.snippet import ShowsSnippet, with_snippets
from catalog.models import Category, Product
from catalog.queries.category_names import find, full_names

PUBLISHED = Subquery(
    Product.objects.filter(category=OuterRef("pk"), status=Product.Status.PUBLISHED)
    .order_by()
    .values("category")
    .annotate(number=Count("pk"))
    .values("number")
)


class CategoryForm(KeepsAddress, WordsForm, MoveNodeForm):
    """Where it hangs is asked for as "below, before or after which other"."""

    treebeard_ref_node = CategoryField(required=False, placeholder=gettext_lazy("the top of the tree"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        where, other = self.fields["treebeard_position"], self.fields["treebeard_ref_node"]
        where.label, other.label = _("Place"), _("of category")
        where.widget = UnfoldAdminSelectWidget(choices=where.choices)
        where.help_text = _("Below, before or after the other category.")


@admin.register(Category)
class CategoryAdmin(CategoryImportPages, ShowsSnippet, ModelAdmin):
    """Ordered as the shop shows them; each with its own place among the others."""

    form = movenodeform_factory(
        Category,
        form=CategoryForm,
        fields=[
            "slug",
            "image",
            "is_public",
            *in_all("name"),
            *in_all("description"),
            *in_all("search_title"),
            *in_all("search_description"),
        ],
    )
    list_display = ["indented", "slug", "goods", "shown"]
    list_filter = ["is_public"]
    search_fields = ["name_en", "name_es", "name_ru", "slug"]
    ordering = ["path"]
    sortable_by = ()
    list_per_page = 100
    prepopulated_fields = {"slug": ["name_en"]}
    actions = None
    actions_list = ["see_tree", "import_categories"]
    warn_unsaved_form = True

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [path("tree/", wrap(self.tree_view), name="catalog_category_tree"), *super().get_urls()]

    @action(description=gettext_lazy("Tree: move categories"), url_path="see-tree", permissions=["change"])
    def see_tree(self, request):
        return redirect("admin:catalog_category_tree")

    def tree_view(self, request):
        return category_tree.show(request, self)

    @transaction.atomic
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST":
            categories.take_turns()
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_queryset(self, request):
        # Asked for the rows of the page alone; joined, every product would be grouped before the first is shown.
        return super().get_queryset(request).annotate(number=Coalesce(PUBLISHED, 0))

    def get_search_results(self, request, queryset, search_term):
        """By any part of the path in the language shown; or by the address."""
        if not search_term.strip():
            return queryset, False
        named = Q(path__in=find(search_term, get_language() or "en"))
        return queryset.filter(named | Q(slug__icontains=search_term.strip())), False

    def in_pickers(self, rows: list[Category], language: str) -> dict[int, str]:
        return full_names(rows, language)

    def get_fieldsets(self, request, obj=None):
        place = ["treebeard_position", "treebeard_ref_node"]
        return [
            (None, {"fields": ["slug", "is_public", tuple(place), "image"]}),
            *with_snippets(tabs(obj, "name", "description", "search_title", "search_description")),
        ]

    @display(description=gettext_lazy("name"))
    def indented(self, category: Category) -> str:
        return format_html('<span class="office-depth-{}">{}</span>', min(category.depth, 5), category.name)

    @display(description=gettext_lazy("published goods"))
    def goods(self, category: Category) -> int:
        return category.number

    @display(description=gettext_lazy("state"), label={"shown": "success", "hidden": "warning"})
    def shown(self, category: Category) -> tuple[str, str]:
        return ("shown", _("shown")) if category.is_public else ("hidden", _("hidden"))

    def delete_view(self, request, object_id, extra_context=None):
        category = self.get_object(request, object_id)
        if category is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return category_removal.show(request, self, category)

    def save_model(self, request, obj, form, change) -> None:
        # The form itself has moved the node; it knows how.
        obj.save()
        if change and "slug" in form.changed_data:
            addresses.left(obj, form.initial.get("slug") or "")
        # Its neighbours may have got other places too.
        categories.align_listings(list(Category.objects.values_list("pk", flat=True)))
        follow(Product.objects.filter(category__path__startswith=obj.path))
