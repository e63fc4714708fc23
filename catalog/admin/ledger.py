"""The stock ledger: every piece that came and went. Nobody edits it."""

from django.contrib import admin
from django.db.models import F
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from catalog.admin.large import PagesByKey
from catalog.admin.ledger_file import file_of
from catalog.admin.numbers import NumbersFirst
from catalog.models import StockMovement
from catalog.moments import stamp


@admin.register(StockMovement)
class StockMovementAdmin(NumbersFirst, ModelAdmin):
    """Newest first; the note, the document and the person say why."""

    variant_of_row = "level__variant"
    list_display = ["article", "change", "why", "who", "moment"]
    list_filter = ["reason", "created_at", "level__location"]
    list_select_related = ["level__variant__product", "level__location"]
    search_fields = ["level__variant__sku", "level__variant__product__name_en", "document", "note", "actor"]
    search_help_text = gettext_lazy("SKU, product, document, note or person")
    list_per_page = 50
    paginator = PagesByKey
    show_full_result_count = False
    actions = None
    actions_list = ["as_file"]

    @action(description=gettext_lazy("As a file (CSV)"), url_path="as-file", permissions=["view"])
    def as_file(self, request):
        """What the list shows, with the same filters and search."""
        return file_of(self.get_changelist_instance(request).get_queryset(request))

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(before=F("on_hand_after") - F("delta"))

    @display(description=gettext_lazy("article"), ordering="level__variant__sku")
    def article(self, row: StockMovement) -> str:
        level = row.level
        return format_html(
            '<a class="office-two" href="{}"><strong>{}</strong><span>{}</span></a>',
            reverse("admin:catalog_stocklevel_change", args=[level.pk]),
            level.variant.sku,
            level.variant.product,
        )

    @display(description=gettext_lazy("change"), ordering="delta")
    def change(self, row: StockMovement) -> str:
        return format_html(
            '<span class="office-two"><strong>{}</strong><span>{} → {}</span></span>',
            f"{row.delta:+d}",
            row.before,
            row.on_hand_after,
        )

    @display(description=gettext_lazy("reason"), ordering="reason")
    def why(self, row: StockMovement) -> str:
        more = " · ".join(filter(None, (row.document, row.note)))
        markup = '<span class="office-two"><span>{}</span><span>{}</span></span>'
        return format_html(markup, row.get_reason_display(), more)

    @display(description=gettext_lazy("by"), ordering="actor", empty_value="–")
    def who(self, row: StockMovement) -> str | None:
        return row.actor or None

    @display(description=gettext_lazy("at"), ordering="created_at")
    def moment(self, row: StockMovement) -> str:
        return stamp(row.created_at)

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
