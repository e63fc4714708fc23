"""By language: those of the shop, without reading which ones the rows have."""

from django.conf import settings
from django.contrib import admin
from django.utils.translation import gettext_lazy


class ByLanguage(admin.SimpleListFilter):
    """For lists whose rows have a `language`."""

    title = gettext_lazy("language")
    parameter_name = "language"

    def lookups(self, request, model_admin):
        return settings.LANGUAGES

    def queryset(self, request, queryset):
        return queryset.filter(language=self.value()) if self.value() else queryset
