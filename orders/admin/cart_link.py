"""Carts that staff put together for somebody: goods, perhaps a code, and a link that holds until a day."""

from datetime import timedelta

from django.conf import settings
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display

from customers.admin.day_range import by_day
from orders.actions.cart_links import HOLDS, token_of
from orders.models import CartLink, CartLinkLine


class CartLinkLines(TabularInline):
    model = CartLinkLine
    fields = ["variant", "quantity"]
    autocomplete_fields = ["variant"]
    extra = 0
    min_num = 1
    max_num = 100


@admin.register(CartLink)
class CartLinkAdmin(ModelAdmin):
    """Links to carts; a link is copied from its page once it is saved."""

    inlines = [CartLinkLines]
    fields = ["note", "code", "expires_at", "address", "opened"]
    readonly_fields = ["address", "opened"]
    list_display = ["name", "made_by", "expires_at", "state", "opened"]
    list_filter = ["expires_at", by_day("created_at")]
    list_filter_submit = True
    list_select_related = ["made_by"]
    search_fields = ["note", "code", "lines__variant__sku"]
    search_help_text = _("Note, code or SKU")

    def get_changeform_initial_data(self, request) -> dict:
        return {"expires_at": timezone.now() + HOLDS}

    def save_model(self, request, obj, form, change) -> None:
        obj.made_by = obj.made_by or request.user
        super().save_model(request, obj, form, change)

    @display(description=_("cart link"), ordering="created_at")
    def name(self, link: CartLink) -> str:
        return str(link)

    @display(description=_("state"), label={"open": "success", "over": "warning"})
    def state(self, link: CartLink) -> tuple[str, str]:
        if link.expires_at > timezone.now():
            soon = link.expires_at - timezone.now() < timedelta(days=2)
            return "open", _("ends soon") if soon else _("holds")
        return "over", _("over")

    @display(description=_("address to send"))
    def address(self, link: CartLink) -> str:
        if link.created_at is None or link._state.adding:
            return _("It stands here once this is saved.")
        address = settings.SITE_URL + reverse("cart-link", args=[token_of(link)])
        return format_html('<a href="{}">{}</a>', address, address)
