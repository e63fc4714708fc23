"""Pages of text, and the words of the home page."""

from django.contrib import admin
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin

from catalog.admin.languages import WordsForm, in_all, tabs
from catalog.admin.rich_text import make_rich
from catalog.html import clean
from catalog.words import languages
from shop.admin.home_lists import FACTS, HELP, VOICES, RowsField
from shop.admin.untranslated import untranslated_view
from shop.models import HomePage, Page

# Pages that the shop's own links lead to: their address stays.
LINKED = ("delivery", "returns", "privacy", "imprint")


class PageForm(WordsForm):
    class Meta:
        model = Page
        fields = "__all__"  # noqa: DJ007

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        make_rich(self, *in_all("body"))

    def clean(self) -> dict:
        data = super().clean()
        for language in languages():
            data[f"body_{language}"] = clean(data.get(f"body_{language}") or "")
        return data


@admin.register(Page)
class PageAdmin(ModelAdmin):
    """Delivery, returns, imprint and what else is only text."""

    form = PageForm
    list_display = ["title", "slug", "in_footer", "updated_at"]
    search_fields = ["title_en", "title_es", "title_ru", "slug", "body_en"]
    prepopulated_fields = {"slug": ["title_en"]}
    actions = None
    warn_unsaved_form = True

    def get_urls(self):
        view = self.admin_site.admin_view(untranslated_view)
        return [path("untranslated/", view, name="shop_untranslated"), *super().get_urls()]

    def get_fieldsets(self, request, obj=None):
        return [(None, {"fields": [("slug", "in_footer", "position")]}), *tabs(obj, "title", "body")]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj and obj.slug in LINKED else []

    def has_delete_permission(self, request, obj=None) -> bool:
        return not (obj and obj.slug in LINKED) and super().has_delete_permission(request, obj)


class HomeForm(WordsForm):
    class Meta:
        model = HomePage
        fields = "__all__"  # noqa: DJ007

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for language in languages():
            for name, text in HELP.items():
                if (column := f"{name}_{language}") in self.fields:
                    self.fields[column].help_text = text


@admin.register(HomePage)
class HomePageAdmin(ModelAdmin):
    """One row: what a visitor reads and sees first."""

    form = HomeForm
    warn_unsaved_form = True

    def get_fieldsets(self, request, obj=None):
        words = ["hero_title", "hero_text", "hero_action", "story_title", "story_text", "facts", "voices"]
        return [(gettext_lazy("Pictures"), {"fields": ["hero_image", "story_image"]}), *tabs(obj, *words)]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        name = db_field.name.rsplit("_", 1)[0]
        if name in ("facts", "voices") and db_field.name != name:
            return RowsField(
                FACTS if name == "facts" else VOICES, label=capfirst(db_field.verbose_name), required=False
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def changelist_view(self, request, extra_context=None):
        """There is one row: go straight to it."""
        row = HomePage.objects.first()
        if row:
            return redirect(reverse("admin:shop_homepage_change", args=[row.pk]))
        return super().changelist_view(request, extra_context)

    def has_add_permission(self, request) -> bool:
        return super().has_add_permission(request) and not HomePage.objects.exists()

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
