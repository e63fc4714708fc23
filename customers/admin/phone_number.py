"""Numbers for texts: which were confirmed, and when."""

from django.contrib import admin

from customers.admin.read_only import ReadOnlyAdmin
from customers.models import PhoneNumber


@admin.register(PhoneNumber)
class PhoneNumberAdmin(ReadOnlyAdmin):
    """Given and confirmed by their owners; nobody in the shop writes one."""

    list_display = ["email", "number", "confirmed_at", "asked", "asked_at"]
    list_filter = [("confirmed_at", admin.EmptyFieldListFilter)]
    search_fields = ["email", "=number"]
    fields = ["email", "number", "confirmed_at", "asked", "asked_at", "created_at"]
