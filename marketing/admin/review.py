"""The queue of reviews. Staff reads, publishes, rejects with a reason and replies; nobody edits another's words."""

from django.contrib import admin
from django.core.files.storage import default_storage
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin, TabularInline
from unfold.contrib.filters.admin import AutocompleteSelectFilter
from unfold.decorators import action, display

from catalog.moments import stamp
from customers.admin.by_language import ByLanguage
from customers.admin.day_range import by_day
from marketing.actions import moderation, reviews
from marketing.admin.moderation import STATES, ask, ask_grounds, told
from marketing.models import Review, ReviewReport


class Reported(admin.SimpleListFilter):
    title = gettext_lazy("reports")
    parameter_name = "reported"

    def lookups(self, request, model_admin):
        return [("yes", _("reported by visitors"))]

    def queryset(self, request, queryset):
        return queryset.filter(reports__gt=0) if self.value() else queryset


class ReportInline(TabularInline):
    model = ReviewReport
    fields = readonly_fields = ["reason", "text", "created_at", "settled_at"]
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Review)
class ReviewAdmin(ModelAdmin):
    """Newest first; what waits is one tap away from the front page."""

    list_display = ["said", "stars", "product_name", "status", "reports", "written"]
    list_display_links = ["said"]
    list_filter = [
        "state",
        "rating",
        Reported,
        ByLanguage,
        "is_verified",
        ("product", AutocompleteSelectFilter),
        by_day("created_at"),
    ]
    list_filter_submit = True
    list_select_related = ["product"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["text", "title", "name", "email", "product__name"]
    inlines = [ReportInline]
    actions = ["publish_chosen", "reject_chosen"]
    actions_detail = ["publish", "reject", "settle"]
    fields = [
        "product", "rating", "state", "title", "text", "fit", "shown_pictures", "name", "email", "bought", "language",
        "helpful", "written", "reply",
    ]  # fmt: skip

    def get_readonly_fields(self, request, obj=None) -> list[str]:
        return [name for name in self.fields if name != "reply"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def save_model(self, request, obj, form, change) -> None:
        """Only the reply can be typed, and it goes the way of every reply."""
        reviews.reply(Review.objects.get(pk=obj.pk), form.cleaned_data.get("reply", "").strip(), timezone.now())

    @display(description=gettext_lazy("review"))
    def said(self, row: Review) -> str:
        words = f"{row.title}. {row.text}" if row.title else row.text
        return words[:90] + ("…" if len(words) > 90 else "")

    @display(description=gettext_lazy("stars"), ordering="rating")
    def stars(self, row: Review) -> str:
        return f"{row.rating} / 5"

    @display(description=gettext_lazy("product"), ordering="product__name")
    def product_name(self, row: Review) -> str:
        return row.product.name

    @display(description=gettext_lazy("state"), ordering="state", label=STATES)
    def status(self, row: Review) -> tuple[str, str]:
        return row.state, row.get_state_display()

    @display(description=gettext_lazy("written"), ordering="created_at")
    def written(self, row: Review) -> str:
        return stamp(row.created_at)

    @display(description=gettext_lazy("bought here"))
    def bought(self, row: Review) -> str:
        if not row.order_id:
            return _("no purchase found")
        address = reverse("admin:orders_order_change", args=[row.order_id])
        words = row.order.number if row.is_verified else _("%(number)s, not paid") % {"number": row.order}
        return format_html('<a class="text-primary-600 dark:text-primary-500" href="{}">{}</a>', address, words)

    @display(description=gettext_lazy("pictures"), empty_value="–")
    def shown_pictures(self, row: Review):
        pairs = ((default_storage.url(p["file"]), default_storage.url(p["small"])) for p in row.pictures)
        tiles = format_html_join(" ", '<a href="{}"><img src="{}" width="96" height="120" alt=""></a>', pairs)
        return format_html('<div style="display:flex;gap:8px;flex-wrap:wrap">{}</div>', tiles) if row.pictures else None

    @admin.action(description=gettext_lazy("Publish the chosen ones"), permissions=["change"])
    def publish_chosen(self, request, queryset):
        told(request, sum(moderation.publish(review, timezone.now()) for review in queryset))

    @admin.action(description=gettext_lazy("Reject the chosen ones…"), permissions=["change"])
    def reject_chosen(self, request, queryset):
        return ask_grounds(self, request, queryset, self._reject)

    @staticmethod
    def _reject(review: Review, grounds: str) -> bool:
        return moderation.reject(review, grounds, timezone.now())

    def _row(self, request, object_id: str):
        return get_object_or_404(self.get_queryset(request), pk=object_id)

    @action(description=gettext_lazy("Publish"), url_path="publish", permissions=["change"])
    def publish(self, request, object_id: str):
        review = self._row(request, object_id)
        if request.method == "POST":
            told(request, moderation.publish(review, timezone.now()))
            return redirect("admin:marketing_review_changelist")
        return self._ask(request, review, _("Publish"), _("Show this review in the shop?"))

    @action(description=gettext_lazy("Reject…"), url_path="reject", permissions=["change"])
    def reject(self, request, object_id: str):
        review = self._row(request, object_id)
        back = reverse("admin:marketing_review_changelist")
        return ask_grounds(self, request, [review], self._reject, back)

    @action(description=gettext_lazy("Reports are settled"), url_path="settle", permissions=["change"])
    def settle(self, request, object_id: str):
        review = self._row(request, object_id)
        if request.method == "POST":
            told(request, reviews.settle_reports(review, timezone.now()))
            return redirect("admin:marketing_review_change", review.pk)
        question = _("You looked at the reports, and the review stays as it is?")
        return self._ask(request, review, _("Reports are settled"), question)

    def _ask(self, request, review: Review, title: str, sentence: str):
        return ask(self, request, title, sentence, f"“{review.title or review.text[:120]}”",
                   reverse("admin:marketing_review_change", args=[review.pk]))  # fmt: skip
