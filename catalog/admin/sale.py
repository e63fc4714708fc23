"""Sales: what they cover, how much cheaper it becomes, and from when until when."""

from django.contrib import admin, messages
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display

from catalog.actions import pricing
from catalog.admin.languages import NamedWordsForm, in_all
from catalog.admin.money import MoneyField
from catalog.admin.pickers import CategoriesField
from catalog.admin.refreshing import follow
from catalog.admin.rows_at_hand import VariantRowForm
from catalog.models import Product, Sale, SalePrice
from catalog.moments import stamp
from catalog.queries.sale_preview import preview


class SaleForm(NamedWordsForm):
    def clean(self) -> dict:
        data = super().clean()
        if data.get("kind") == Sale.Kind.PERCENT and not data.get("percent"):
            self.add_error("percent", _("Say how many percent."))
        if data.get("kind") == Sale.Kind.AMOUNT and not data.get("amount"):
            self.add_error("amount", _("Say how much is taken off."))
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("A sale ends after it begins."))
        if data.get("shows_end") and not ends:
            self.add_error("shows_end", _("Without an end there is nothing to show."))
        return data


class SalePriceInline(TabularInline):
    model = SalePrice
    form = VariantRowForm
    autocomplete_fields = ["variant"]
    fields = ["variant", "price"]
    extra = 0
    per_page = 100
    show_count = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("variant__product")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "price":
            return MoneyField(label=_("Price"), help_text=_("In the currency of the shop, including tax."))
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Sale)
class SaleAdmin(ModelAdmin):
    """Prices go down and up again by themselves; the page below says what becomes cheaper, and what looks odd."""

    form = SaleForm
    inlines = [SalePriceInline]
    list_display = ["name", "cut", "begins", "until", "state"]
    list_filter = ["is_active", "starts_at"]
    search_fields = ["name_en", "name_es", "name_ru"]
    autocomplete_fields = ["products", "categories", "brands", "collections"]
    readonly_fields = ["effect", "effect_and_cost"]
    actions = None
    warn_unsaved_form = True

    def get_fieldsets(self, request, obj=None):
        reach = ["covers_everything", "products", "categories", "brands", "collections"]
        first = [*in_all("name"), "kind", ("percent", "amount"), "starts_at", "ends_at", ("shows_end", "is_active")]
        shown = "effect_and_cost" if request.user.has_perm("catalog.view_cost") else "effect"
        effect = [(gettext_lazy("What it does"), {"fields": [shown]})] if obj else []
        return [(None, {"fields": first}), (gettext_lazy("What it covers"), {"fields": reach}), *effect]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "amount":
            return MoneyField(label=_("Amount off each"), required=False)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "categories":
            kwargs["form_class"] = CategoriesField
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @display(description=gettext_lazy("reduction"))
    def cut(self, sale: Sale) -> str:
        return f"−{sale.percent} %" if sale.kind == Sale.Kind.PERCENT else sale.get_kind_display()

    @display(description=gettext_lazy("from"), ordering="starts_at")
    def begins(self, sale: Sale) -> str:
        return stamp(sale.starts_at)

    @display(description=gettext_lazy("until"), ordering="ends_at")
    def until(self, sale: Sale) -> str:
        return stamp(sale.ends_at) or "–"

    @display(description=gettext_lazy("state"), label={"runs": "success", "later": "info", "over": "warning"})
    def state(self, sale: Sale) -> tuple[str, str]:
        now = timezone.now()
        if not sale.is_active or (sale.ends_at and sale.ends_at <= now):
            return "over", _("over")
        return ("later", _("to come")) if sale.starts_at > now else ("runs", _("runs"))

    @display(description=gettext_lazy("becomes cheaper"))
    def effect(self, sale: Sale) -> str:
        return _effect(sale, sees_cost=False)

    @display(description=gettext_lazy("becomes cheaper"))
    def effect_and_cost(self, sale: Sale) -> str:
        return _effect(sale, sees_cost=True)

    def save_related(self, request, form, formsets, change) -> None:
        sale = form.instance
        # Those it covered before are the ones whose rows still say so.
        before = set(Product.objects.filter(variants__effective_prices__sale=sale).values_list("pk", flat=True))
        super().save_related(request, form, formsets, change)
        covered = set(pricing.products_of(sale).values_list("pk", flat=True))
        self._follow(request, sale, before | covered)
        odd = preview(sale, timezone.now())
        if odd.below_cost and request.user.has_perm("catalog.view_cost"):
            messages.warning(request, _("Some goods would be sold below what they cost you; they are marked below."))

    def delete_model(self, request, obj) -> None:
        covered = set(pricing.products_of(obj).values_list("pk", flat=True))
        super().delete_model(request, obj)
        self._follow(request, obj, covered)

    def _follow(self, request, sale: Sale, product_ids: set[int]) -> None:
        cause = pricing.Cause("sale", str(request.user), sale.name)
        follow(Product.objects.filter(pk__in=product_ids), cause)


def _effect(sale: Sale, sees_cost: bool) -> str:
    context = {"preview": preview(sale, timezone.now()), "sees_cost": sees_cost}
    return render_to_string("office/sale-effect.html", context)
