"""Whatever is registered in the back office, by us or by others, wears the theme."""

import pytest
from django.contrib import admin
from django.contrib.admin.sites import site
from unfold.admin import BaseInlineMixin, ModelAdmin

from config.office import current

admin.autodiscover()


@pytest.mark.parametrize("model", site._registry, ids=lambda model: model._meta.label)
def test_each_page_and_each_inline_has_the_themed_base(model):
    registered = site._registry[model]

    assert isinstance(registered, ModelAdmin)
    assert all(issubclass(inline, BaseInlineMixin) for inline in registered.inlines)


def test_one_line_of_the_menu_is_current():
    lines = ["/admin/", "/admin/catalog/product/", "/admin/catalog/product/import/", "/admin/catalog/category/"]

    def marked(path: str) -> list[str]:
        return [line for line in lines if line == current(path)]

    assert marked("/admin/catalog/product/import/abc/") == ["/admin/catalog/product/import/"]
    assert marked("/admin/catalog/product/7/change/") == ["/admin/catalog/product/"]
    assert marked("/admin/") == ["/admin/"]
    assert marked("/admin/auth/user/") == []
