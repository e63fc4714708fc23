"""Collections: their words here, their rule and their goods on pages of their own."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from catalog import revision
from catalog.actions.collections import selling
from catalog.admin import collection_goods, rule_page
from catalog.admin.addresses import KeepsAddress, Movable
from catalog.admin.languages import WordsForm, in_all, tabs
from catalog.admin.refreshing import follow
from catalog.admin.rich_text import make_rich
from catalog.html import clean
from catalog.models import Collection, CollectionMember, Product
from catalog.words import languages


class CollectionForm(KeepsAddress, WordsForm):
    class Meta:
        model = Collection
        fields = "__all__"  # noqa: DJ007

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        make_rich(self, *in_all("description"))

    def clean(self) -> dict:
        data = super().clean()
        for language in languages():
            if f"description_{language}" in data:
                data[f"description_{language}"] = clean(data[f"description_{language}"] or "")
        begins, ends = data.get("starts_at"), data.get("ends_at")
        if begins and ends and ends <= begins:
            self.add_error("ends_at", _("It would end before it begins."))
        return data


@admin.register(Collection)
class CollectionAdmin(Movable, ModelAdmin):
    """Goods put together across the tree. Save the words first; then say which goods belong to it."""

    form = CollectionForm
    list_display = ["name", "how", "goods", "shown", "position"]
    list_filter = ["is_public", "is_featured"]
    search_fields = ["name_en", "name_es", "name_ru", "slug"]
    prepopulated_fields = {"slug": ["name_en"]}
    actions = None
    actions_detail = ["edit_goods", "edit_rule"]
    warn_unsaved_form = True

    def get_queryset(self, request):
        inside = ~Q(members__kind=CollectionMember.Kind.OUT)
        return super().get_queryset(request).annotate(number=Count("members", filter=inside))

    def get_fieldsets(self, request, obj=None):
        facts = [("slug", "sort"), ("is_public", "is_featured"), "position", "starts_at", "ends_at", "image"]
        return [
            (None, {"fields": facts}),
            *tabs(obj, "name", "description", "search_title", "search_description"),
        ]

    @display(description=gettext_lazy("put together"), label={"rule": "info", "hand": "success", "empty": "warning"})
    def how(self, collection: Collection) -> tuple[str, str]:
        if collection.rule is not None:
            return "rule", _("by rule")
        return ("hand", _("by hand")) if collection.number else ("empty", _("nothing yet"))

    @display(description=gettext_lazy("goods"), ordering="number")
    def goods(self, collection: Collection) -> int:
        return collection.number

    @display(description=gettext_lazy("state"), label={"shown": "success", "hidden": "warning", "waiting": "info"})
    def shown(self, collection: Collection) -> tuple[str, str]:
        now = timezone.now()
        if collection.is_shown(now):
            return "shown", _("shown")
        if collection.is_public and collection.starts_at and collection.starts_at > now:
            return "waiting", _("begins later")
        return ("hidden", _("over")) if collection.is_public else ("hidden", _("hidden"))

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/rule/", wrap(self.rule_view), name="catalog_collection_rule"),
            path("<int:pk>/goods/", wrap(self.goods_view), name="catalog_collection_goods"),
            *super().get_urls(),
        ]

    @action(description=gettext_lazy("Goods"), url_path="see-goods", permissions=["change"])
    def edit_goods(self, request, object_id: str):
        return redirect("admin:catalog_collection_goods", object_id)

    @action(description=gettext_lazy("Rule"), url_path="see-rule", permissions=["change"])
    def edit_rule(self, request, object_id: str):
        return redirect("admin:catalog_collection_rule", object_id)

    def rule_view(self, request, pk: int):
        return rule_page.show(request, self, self._collection(request, pk))

    def goods_view(self, request, pk: int):
        return collection_goods.show(request, self, self._collection(request, pk))

    def _collection(self, request, pk: int) -> Collection:
        if not self.has_change_permission(request):
            raise PermissionDenied
        collection = Collection.objects.filter(pk=pk).first()
        if collection is None:
            raise Http404
        return collection

    def response_add(self, request, obj, post_url_continue=None):
        """What comes next is its goods."""
        if "_addanother" in request.POST or "_continue" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        return redirect("admin:catalog_collection_goods", obj.pk)

    def save_model(self, request, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        revision.renew()

    def delete_model(self, request, obj) -> None:
        reduced = selling.goods_of(obj)
        super().delete_model(request, obj)
        revision.renew()
        if reduced:
            follow(Product.objects.filter(pk__in=reduced))
