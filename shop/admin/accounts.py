"""Addresses that customers confirmed, in the theme's clothes."""

from allauth.account.admin import EmailAddressAdmin as AllauthEmailAddressAdmin
from allauth.account.models import EmailAddress
from django.contrib import admin
from unfold.admin import ModelAdmin

admin.site.unregister(EmailAddress)


@admin.register(EmailAddress)
class EmailAddressAdmin(ModelAdmin, AllauthEmailAddressAdmin):
    """Whether somebody has shown that he reads the post of his address."""

    list_select_related = ["user"]
    raw_id_fields = ()
    autocomplete_fields = ["user"]
    search_fields = ["email", "user__email"]

    def get_search_fields(self, request) -> list[str]:
        return self.search_fields
