"""Whatever is registered in the back office, by us or by others, wears the theme."""

import pytest
from django.contrib import admin
from django.contrib.admin.sites import site
from unfold.admin import BaseInlineMixin, ModelAdmin

admin.autodiscover()


@pytest.mark.parametrize("model", site._registry, ids=lambda model: model._meta.label)
def test_each_page_and_each_inline_has_the_themed_base(model):
    registered = site._registry[model]

    assert isinstance(registered, ModelAdmin)
    assert all(issubclass(inline, BaseInlineMixin) for inline in registered.inlines)
