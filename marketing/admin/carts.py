"""Carts that were left behind: whose, with what, since when, and what was done about it."""

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.timesince import timesince
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from unfold.admin import TabularInline
from unfold.decorators import display

from catalog.money import format_minor
from customers.admin.read_only import ReadOnlyAdmin
from marketing.admin.message import LINK, in_words
from marketing.models import Message
from marketing.queries.left_carts import left_behind, with_contents
from marketing.rules.carts import address_of
from orders.models import Cart, CartLine


class Shown(admin.SimpleListFilter):
    """Opens on what was left behind; the other carts are one tap away."""

    title = gettext_lazy("carts")
    parameter_name = "shown"

    def lookups(self, request, model_admin):
        return [("open", _("all open")), ("ordered", _("ordered")), ("all", _("all"))]

    def choices(self, changelist):
        yield {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": _("left behind"),
        }
        yield from list(super().choices(changelist))[1:]

    def queryset(self, request, queryset):
        if self.value() in ("open", "ordered"):
            return queryset.filter(status=self.value())
        return queryset if self.value() == "all" else left_behind(queryset, timezone.now())


class Reachable(admin.SimpleListFilter):
    title = gettext_lazy("address")
    parameter_name = "reachable"

    def lookups(self, request, model_admin):
        return [("yes", _("known")), ("no", _("unknown"))]

    def queryset(self, request, queryset):
        nobody = {"email": "", "customer": None}
        if self.value() == "no":
            return queryset.filter(**nobody)
        return queryset.exclude(**nobody) if self.value() == "yes" else queryset


class LineInline(TabularInline):
    model = CartLine
    fields = ["name", "quantity", "price", "added_at"]
    readonly_fields = fields
    extra = 0
    can_delete = False

    @display(description=gettext_lazy("price when added"))
    def price(self, line: CartLine) -> str:
        return _money(line.seen_price + line.seen_extra, line.cart.currency)

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Cart)
class LeftCartAdmin(ReadOnlyAdmin):
    """A morning list: what nearly sold."""

    list_display = ["who", "contents", "worth", "left", "reminded"]
    list_filter = [Shown, Reachable, "language", "active_at"]
    search_fields = ["email", "customer__email", "name", "lines__name"]
    fields = ["who", "status", "worth", "active_at", "created_at", "language", "country", "reminded"]
    readonly_fields = ["who", "worth", "reminded"]
    inlines = [LineInline]

    def get_queryset(self, request):
        return with_contents().order_by("-active_at")

    @display(description=gettext_lazy("who"), ordering="email")
    def who(self, cart: Cart) -> str:
        return address_of(cart) or _("a guest without address")

    @display(description=gettext_lazy("what"))
    def contents(self, cart: Cart) -> str:
        lines = list(cart.lines.all())
        words = ", ".join(f"{line.quantity} × {line.name}" for line in lines[:3])
        return f"{words} …" if len(lines) > 3 else words

    @display(description=gettext_lazy("value"), ordering="value")
    def worth(self, cart: Cart) -> str:
        return _money(cart.value, cart.currency)

    @display(description=gettext_lazy("left"), ordering="active_at")
    def left(self, cart: Cart) -> str:
        return _("%(time)s ago") % {"time": timesince(cart.active_at, depth=1)}

    @display(description=gettext_lazy("reminder"))
    def reminded(self, cart: Cart) -> str:
        if not cart.reminder:
            return _("none")
        words = str(dict(Message.Status.choices)[cart.reminder_status])
        if cart.reminder_reason:
            words += f": {in_words(cart.reminder_reason)}"
        address = reverse("admin:marketing_message_change", args=[cart.reminder])
        return format_html(LINK, address, words)


def _money(minor: int, currency: str) -> str:
    return format_minor(minor, currency, get_language() or "en")
