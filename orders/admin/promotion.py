"""Promotions: what they give, for what, to whom, together with which, and how often."""

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import Count, Sum
from django.forms import Script
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminSelect2MultipleWidget

from catalog.admin.languages import in_all
from catalog.admin.money import MoneyAdmin
from catalog.moments import stamp
from orders.actions import promotions
from orders.admin import promotion_bench, promotion_codes
from orders.admin.promotion_form import AmountInline, CodeInline, PromotionForm, WeekdaysField
from orders.admin.promotion_state import COLOURS, WORDS, StateFilter, state_of, with_uses
from orders.admin.promotion_words import money
from orders.models import Promotion


@admin.register(Promotion)
class PromotionAdmin(MoneyAdmin, ModelAdmin):
    """A draft is tried on the test bench before it is used. One that was used stays, for orders tell of it."""

    form = PromotionForm
    money_fields = ("amount", "min_value", "budget")
    inlines = [CodeInline, AmountInline]
    list_display = ["called", "state", "often", "sold", "until"]
    list_display_links = ["called"]
    list_filter = [StateFilter, "needs_code", "benefit"]
    search_fields = ["name_en", "name_es", "name_ru", "note", "codes__key"]
    search_help_text = gettext_lazy("Name, note or code")
    autocomplete_fields = ["products", "categories", "brands", "collections", "rewards", "gift", "groups"]
    readonly_fields = ["came_of_it"]
    actions = None
    actions_list = ["bench"]
    actions_detail = ["copy", "make_codes", "codes_file", "bench_one"]
    warn_unsaved_form = True

    class Media:
        js = [Script("js/office/promotion.js", type="module")]

    def get_queryset(self, request):
        return with_uses(super().get_queryset(request))

    def get_fieldsets(self, request, obj=None):
        goods = ["products", "categories", "brands", "collections", "leaves_out_reduced"]
        gives = ["benefit", "percent", "amount", "buy_quantity", "get_quantity", "most_times", "rewards", "gift"]
        gives += ["delivery_methods"]
        asks = [("min_quantity", "min_value"), "groups", ("nth_order", "segment"), "countries"]
        sections = [
            (None, {"fields": [*in_all("name"), "note", ("is_active", "needs_code")]}),
            (gettext_lazy("When"), {"fields": ["starts_at", "ends_at", "weekdays"]}),
            (gettext_lazy("What it gives"), {"fields": gives}),
            (gettext_lazy("For which goods"), {"fields": goods, "description": gettext_lazy("Nothing chosen: all.")}),
            (gettext_lazy("To whom, and from what on"), {"fields": asks}),
            (
                gettext_lazy("In one order"),
                {
                    "fields": ["combines_product", "combines_order", "combines_shipping", ("lane", "priority")],
                    "description": gettext_lazy("Two promotions go together where each of them allows the other."),
                },
            ),
            (
                gettext_lazy("How often"),
                {
                    "fields": [("limit_total", "limit_per_customer"), ("limit_per_day", "budget")],
                    "description": gettext_lazy("Empty: without a limit. An order that is called off gives back."),
                },
            ),
        ]
        return [*sections, *([(gettext_lazy("What came of it"), {"fields": ["came_of_it"]})] if obj else [])]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "weekdays":
            return WeekdaysField(label=capfirst(db_field.verbose_name), help_text=_("Nothing ticked: every day."))
        if db_field.name == "countries":
            field = db_field.formfield()
            field.widget = UnfoldAdminSelect2MultipleWidget(choices=field.choices)
            return field
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_copy_permission(self, request, object_id=None) -> bool:
        return self.has_add_permission(request)

    def has_delete_permission(self, request, obj=None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.uses.exists())

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        promotions.changed(form.instance)
        if form.instance.needs_code and not form.instance.codes.exists():
            messages.warning(request, _("It asks for a code and has none yet: nobody can use it."))

    def delete_model(self, request, obj) -> None:
        obj.is_active = False
        promotions.changed(obj)
        super().delete_model(request, obj)

    @display(description=gettext_lazy("promotion"), ordering="name")
    def called(self, promotion: Promotion) -> str:
        opens = _("with a code") if promotion.needs_code else _("by itself")
        markup = '<span class="office-two"><strong>{}</strong><span>{} · {}</span></span>'
        return format_html(markup, promotion.name, promotion.get_benefit_display(), opens)

    @display(description=gettext_lazy("state"), label=COLOURS)
    def state(self, promotion: Promotion) -> tuple[str, str]:
        state = state_of(promotion, timezone.now())
        return state, WORDS[state]

    @display(description=gettext_lazy("used"), ordering="used")
    def often(self, promotion: Promotion) -> str:
        return f"{promotion.used} / {promotion.limit_total}" if promotion.limit_total else str(promotion.used)

    @display(description=gettext_lazy("turnover"), ordering="turnover")
    def sold(self, promotion: Promotion) -> str:
        return money(promotion.turnover, settings.SHOP_CURRENCY) if promotion.used else "–"

    @display(description=gettext_lazy("until"), ordering="ends_at")
    def until(self, promotion: Promotion) -> str:
        return stamp(promotion.ends_at) or "–"

    @display(description=gettext_lazy("orders with it"))
    def came_of_it(self, promotion: Promotion) -> str:
        standing = promotion.uses.filter(released_at__isnull=True).order_by()
        sums = standing.values("currency").annotate(
            number=Count("pk"), given=Sum("amount"), turnover=Sum("order__total")
        )
        latest = standing.select_related("order").order_by("-pk")[:10]
        return render_to_string("office/promotion-uses.html", {"sums": sums.order_by("currency"), "latest": latest})

    def get_urls(self):
        ours = [
            path("bench/", self.admin_site.admin_view(self.bench_view), name="orders_promotion_bench"),
            path(
                "<int:pk>/codes/",
                self.admin_site.admin_view(lambda request, pk: promotion_codes.page(request, self, pk)),
                name="orders_promotion_codes",
            ),
        ]
        return ours + super().get_urls()

    def bench_view(self, request) -> HttpResponse:
        return promotion_bench.page(request, self)

    @action(description=gettext_lazy("Test bench"), url_path="see-bench", permissions=["view"])
    def bench(self, request):
        return redirect("admin:orders_promotion_bench")

    @action(description=gettext_lazy("Test bench"), url_path="try", permissions=["view"])
    def bench_one(self, request, object_id: int):
        return redirect("admin:orders_promotion_bench")

    @action(description=gettext_lazy("Make a copy"), url_path="copy", permissions=["copy"])
    def copy(self, request, object_id: int):
        promotion = get_object_or_404(Promotion, pk=object_id)
        if request.method != "POST":
            context = {
                **self.admin_site.each_context(request),
                "title": _("Make a copy"),
                "subtitle": promotion.name,
                "opts": self.opts,
                "sentence": _("Make a copy of “%(name)s”?") % {"name": promotion.name},
                "detail": _("It begins as a draft with the same conditions, without codes."),
                "button": _("Make a copy"),
                "back": reverse("admin:orders_promotion_change", args=[object_id]),
            }
            return render(request, "office/ask.html", context)
        copied = promotions.duplicate(promotion)
        messages.success(request, _("This is the copy."))
        return redirect("admin:orders_promotion_change", copied.pk)

    @action(description=gettext_lazy("Make many codes…"), url_path="make-codes", permissions=["change"])
    def make_codes(self, request, object_id: int):
        return redirect("admin:orders_promotion_codes", object_id)

    @action(description=gettext_lazy("Codes as a file (CSV)"), url_path="codes-file", permissions=["change"])
    def codes_file(self, request, object_id: int):
        return promotion_codes.as_file(get_object_or_404(Promotion, pk=object_id))
