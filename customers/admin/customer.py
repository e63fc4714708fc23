"""Customers and staff."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin, StackedInline
from unfold.decorators import display
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from customers.admin.by_language import ByLanguage
from customers.admin.panels import customer_panels
from customers.consent import normal
from customers.models import Address, Consent, Customer

# Rights are handed out by groups; single ones would be forgotten.
RIGHTS = ["is_staff", "is_superuser", "groups"]


class CreationForm(UserCreationForm):
    class Meta:
        model = Customer
        fields = ["email", "name", "language"]

    def clean_email(self) -> str:
        return normal(self.cleaned_data["email"])


class ChangeForm(UserChangeForm):
    class Meta:
        model = Customer
        fields = "__all__"  # noqa: DJ007

    def clean_email(self) -> str:
        return normal(self.cleaned_data["email"])


class AddressInline(StackedInline):
    model = Address
    extra = 0


@admin.register(Customer)
class CustomerAdmin(UserAdmin, ModelAdmin):
    """One person: how to reach him, where he lives, what he agreed to, what he bought."""

    form, add_form, change_password_form = ChangeForm, CreationForm, AdminPasswordChangeForm
    list_display = ["email", "name", "language", "kind", "date_joined"]
    list_filter = ["is_staff", "is_active", "group", ByLanguage, "date_joined"]
    search_fields = ["email", "name", "phone"]
    ordering = ["-date_joined"]
    list_per_page = 50
    show_full_result_count = False
    filter_horizontal = []
    autocomplete_fields = ["groups"]
    inlines = [AddressInline]
    readonly_fields = ["last_login", "date_joined", "statements", "panels"]
    fieldsets = [
        (None, {"fields": ["email", "name", "phone", "language", "group", "tax_exempt_reason", "is_active"]}),
        (gettext_lazy("What we know"), {"fields": ["panels", "statements", "last_login", "date_joined"]}),
        (gettext_lazy("Signing in and rights"), {"classes": ["tab"], "fields": ["password", *RIGHTS]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "name", "language", "password1", "password2"]})]

    @display(description=gettext_lazy("kind"), label={"staff": "warning", "customer": "info"})
    def kind(self, customer: Customer) -> tuple[str, str]:
        return ("staff", _("staff")) if customer.is_staff else ("customer", _("customer"))

    @display(description=gettext_lazy("agreed to"))
    def statements(self, customer: Customer) -> str:
        said = Consent.objects.filter(email=normal(customer.email)).order_by("-id")[:10]
        rows = ((f"{s.created_at:%Y-%m-%d}", s.get_purpose_display(), s.get_status_display(), s.source) for s in said)
        return format_html_join("", "<p>{} · {}: {} ({})</p>", rows) or _("Nothing yet.")

    @display(description=gettext_lazy("in the shop"))
    def panels(self, customer: Customer) -> str:
        return customer_panels.render(customer) or "–"

    def get_inlines(self, request, obj) -> list:
        return self.inlines if obj else []

    def get_readonly_fields(self, request, obj=None) -> list[str]:
        """Only the owner of the shop hands out rights: nobody raises his own."""
        fields = list(super().get_readonly_fields(request, obj))
        return fields if request.user.is_superuser else [*fields, *RIGHTS]

    def has_change_permission(self, request, obj=None) -> bool:
        """Whoever may set the password or the address of a colleague could sign in as him."""
        if obj is not None and obj.is_staff and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None) -> bool:
        return request.user.is_superuser and super().has_delete_permission(request, obj)
