"""Addresses that customers confirmed, in the theme's clothes."""

from allauth.account.admin import EmailAddressAdmin as AllauthEmailAddressAdmin
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

admin.site.unregister(EmailAddress)


@admin.register(EmailAddress)
class EmailAddressAdmin(ModelAdmin, AllauthEmailAddressAdmin):
    """Whether somebody has shown that he reads the post of his address."""

    list_select_related = ["user"]
    raw_id_fields = ()
    autocomplete_fields = ["user"]
    search_fields = ["email", "user__email"]

    def has_add_permission(self, request) -> bool:
        """Whoever may tie an address to an account can have its password reset: that is for the owner of the shop."""
        return request.user.is_superuser

    def has_change_permission(self, request, obj=None) -> bool:
        return request.user.is_superuser

    def has_delete_permission(self, request, obj=None) -> bool:
        return request.user.is_superuser

    @admin.action(description=_("Mark selected email addresses as verified"), permissions=["change"])
    def make_verified(self, request, queryset) -> None:
        super().make_verified(request, queryset)

    def get_search_fields(self, request) -> list[str]:
        return self.search_fields
