"""Who signs our post: one row."""

from django.conf import settings
from django.contrib import admin
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from customers.models import ShopDetails


@admin.register(ShopDetails)
class ShopDetailsAdmin(ModelAdmin):
    """The shop's name and address, as they stand under letters, invoices and pages."""

    list_display = ["name", "email", "phone"]
    fieldsets = [
        (_("Name"), {"fields": ["name", *(f"tagline_{code}" for code, _name in settings.LANGUAGES)]}),
        (_("Company"), {"fields": ["legal_name", "address", "vat_number"]}),
        (
            _("Tax"),
            {"fields": ["prices_include_tax", "tax_rounding", "delivery_tax", "taxes_at_home"]},
        ),
        (_("Gift cards"), {"fields": ["gift_card_years"]}),
        (_("Changes of orders"), {"fields": ["supplement_days"]}),
        (
            _("Texts (SMS) about orders"),
            {
                "fields": [f"text_{step}" for step in ShopDetails.TEXT_STEPS],
                "description": _(
                    "At the checkout a shopper may ask for them, once a provider of texts is set up (TEXT_PROVIDER)."
                    " Nothing is texted between 21 and 8 o’clock."
                ),
            },
        ),
        (_("How to reach us"), {"fields": ["email", "phone"]}),
    ]

    def changelist_view(self, request, extra_context=None):
        """There is one row: go straight to it."""
        row = ShopDetails.objects.first()
        if row:
            return redirect(reverse("admin:customers_shopdetails_change", args=[row.pk]))
        return super().changelist_view(request, extra_context)

    def has_add_permission(self, request) -> bool:
        return super().has_add_permission(request) and not ShopDetails.objects.exists()

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
