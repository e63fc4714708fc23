"""Whatever is registered in the back office, by us or by others, wears the theme."""

import pytest
from django.contrib import admin
from django.contrib.admin.sites import site
from unfold.admin import BaseInlineMixin, ModelAdmin

from config.office import is_current

admin.autodiscover()


@pytest.mark.parametrize("model", site._registry, ids=lambda model: model._meta.label)
def test_each_page_and_each_inline_has_the_themed_base(model):
    registered = site._registry[model]

    assert isinstance(registered, ModelAdmin)
    assert all(issubclass(inline, BaseInlineMixin) for inline in registered.inlines)


def test_one_line_of_the_menu_is_current():
    lines = ["/admin/", "/admin/catalog/product/", "/admin/catalog/product/import/", "/admin/catalog/category/"]

    def current(path: str) -> list[str]:
        return [line for line in lines if is_current(path, line)]

    assert current("/admin/catalog/product/import/abc/") == ["/admin/catalog/product/import/"]
    assert current("/admin/catalog/product/7/change/") == ["/admin/catalog/product/"]
    assert current("/admin/") == ["/admin/"]
    assert current("/admin/auth/user/") == []
