"""Who waits for what: the wishes themselves, and how many people wait for each article, as a reason to reorder."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy, ngettext
from unfold.decorators import display

from catalog.moments import stamp
from catalog.queries.stock import available
from customers.admin.by_language import ByLanguage
from customers.admin.day_range import by_day
from customers.admin.read_only import ReadOnlyAdmin
from marketing.models import Notice, WantedVariant

COLOURS = {"waiting": "primary", "unconfirmed": "info", "sent": "success", "cancelled": "warning"}


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    """One row per wish; nothing is sent from here, the clock does that."""

    list_display = ["email", "article", "kind", "state", "asked", "told"]
    list_filter = ["kind", "status", ByLanguage, by_day("created_at")]
    list_select_related = ["variant__product"]
    search_fields = ["email", "variant__sku", "variant__product__name"]
    list_filter_submit = True
    fields = [
        "email", "customer", "article", "kind", "status", "reason", "market", "language", "created_at", "confirmed_at",
        "sent_at",
    ]  # fmt: skip
    readonly_fields = ["article"]

    @display(description=gettext_lazy("article"), ordering="variant__sku")
    def article(self, row: Notice) -> str:
        return f"{row.variant.product.name} · {row.variant.sku}"

    @display(description=gettext_lazy("state"), ordering="status", label=COLOURS)
    def state(self, row: Notice) -> tuple[str, str]:
        return row.status, row.get_status_display()

    @display(description=gettext_lazy("asked"), ordering="created_at")
    def asked(self, row: Notice) -> str:
        return stamp(row.created_at)

    @display(description=gettext_lazy("sent"), ordering="sent_at", empty_value="–")
    def told(self, row: Notice) -> str | None:
        return stamp(row.sent_at) or None


@admin.register(WantedVariant)
class WantedVariantAdmin(ReadOnlyAdmin):
    """Articles that people wait for, most wanted first: what to order again."""

    list_display = ["product_name", "sku", "people", "there_are", "since"]
    list_display_links = None
    list_select_related = ["product"]
    search_fields = ["sku", "product__name"]

    def get_ordering(self, request) -> list[str]:
        return ["-waiting", "pk"]

    def changelist_view(self, request, extra_context=None):
        answer = super().changelist_view(request, extra_context)
        if cl := getattr(answer, "context_data", {}).get("cl"):
            # One question for the whole page, not one for each row.
            free = available([row.pk for row in cl.result_list])
            for row in cl.result_list:
                row.free = free.get(row.pk, 0)
        return answer

    @display(description=gettext_lazy("product"), ordering="product__name")
    def product_name(self, row) -> str:
        address = reverse("admin:catalog_product_change", args=[row.product_id])
        return format_html('<a class="text-primary-600 dark:text-primary-500" href="{}">{}</a>', address, row.product)

    @display(description=gettext_lazy("people who wait"), ordering="waiting")
    def people(self, row) -> str:
        words = ngettext("%(number)d person waits for this", "%(number)d people wait for this", row.waiting)
        address = f"{reverse('admin:marketing_notice_changelist')}?status__exact=waiting&q={row.sku}"
        return format_html('<a href="{}">{}</a>', address, words % {"number": row.waiting})

    @display(description=gettext_lazy("pieces"))
    def there_are(self, row) -> str:
        free = getattr(row, "free", 0)
        return "∞" if free is None else str(free)

    @display(description=gettext_lazy("longest since"), ordering="oldest")
    def since(self, row) -> str:
        return stamp(row.oldest)
