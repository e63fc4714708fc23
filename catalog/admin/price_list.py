"""Price lists: prices for another currency, a group or a quantity, typed in rows or taken from a file."""

from collections.abc import Callable

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminSelectWidget

from catalog.actions import pricing
from catalog.actions.pricing.list_import import Unreadable, take_over
from catalog.admin.money import MoneyField
from catalog.admin.refreshing import follow
from catalog.admin.rows_at_hand import VariantRowForm
from catalog.models import ListPrice, PriceList, Product
from catalog.money import digits, format_minor

# Rows on a page, and in a list that is written by hand; a longer one is brought in as a file and searched in a list.
ROWS, LONGEST = 50, 500


class CustomerGroups:
    """Where the floor that knows customers says which groups there are: (code, name) pairs."""

    def __init__(self) -> None:
        self._ask: Callable[[], list[tuple[str, str]]] = list

    def register(self, ask: Callable[[], list[tuple[str, str]]]) -> None:
        self._ask = ask

    def choices(self) -> list[tuple[str, str]]:
        return self._ask()


customer_groups = CustomerGroups()


class PriceListForm(forms.ModelForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "group" in self.fields:
            known = customer_groups.choices()
            if self.instance.group and self.instance.group not in dict(known):
                known.append((self.instance.group, self.instance.group))
            self.fields["group"] = forms.ChoiceField(
                choices=[("", _("everybody")), *known],
                required=False,
                label=_("For whom"),
                help_text=_("A member of a group pays its price, or the public one where that is lower."),
                widget=UnfoldAdminSelectWidget,
            )

    def clean_currency(self) -> str:
        currency = self.cleaned_data["currency"].strip().upper()
        try:
            digits(currency)
        except ValueError:
            raise forms.ValidationError(_("There is no such currency.")) from None
        if self.instance.pk and currency != self.instance.currency and self.instance.prices.exists():
            raise forms.ValidationError(_("The prices of this list are in %s.") % self.instance.currency)
        return currency


class ListPriceInline(TabularInline):
    model = ListPrice
    form = VariantRowForm
    autocomplete_fields = ["variant"]
    fields = ["variant", "from_quantity", "price"]
    extra = 0
    per_page = ROWS
    show_count = True
    hide_title = True

    def get_formset(self, request, obj=None, **kwargs):
        self.currency = obj.currency if obj else None
        return super().get_formset(request, obj, **kwargs)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("variant__product")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "price":
            return MoneyField(label=_("Price"), currency=self.currency)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(PriceList)
class PriceListAdmin(ModelAdmin):
    """A list says for whom and when its prices hold; carts, pages and lists follow each save."""

    form = PriceListForm
    list_display = ["name", "currency", "whom", "number", "runs"]
    list_filter = ["currency", "is_active"]
    search_fields = ["name", "group"]
    actions_detail = ["import_prices"]
    actions = None
    warn_unsaved_form = True
    fieldsets = [
        (None, {"fields": ["name", ("currency", "group"), "starts_at", "ends_at", ("priority", "is_active")]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(prices_number=Count("prices"))

    def get_inlines(self, request, obj) -> list:
        """First its currency, then its prices. A list too long for a page is kept by file."""
        return [ListPriceInline] if obj and obj.prices.count() <= LONGEST else []

    @display(description=gettext_lazy("for"))
    def whom(self, row: PriceList) -> str:
        return dict(customer_groups.choices()).get(row.group, row.group) if row.group else _("everybody")

    @display(description=gettext_lazy("prices"), ordering="prices_number")
    def number(self, row: PriceList) -> int:
        return row.prices_number

    @display(description=gettext_lazy("state"), label={"runs": "success", "later": "info", "over": "warning"})
    def runs(self, row: PriceList) -> tuple[str, str]:
        now = timezone.now()
        if not row.is_active or (row.ends_at and row.ends_at <= now):
            return "over", _("not in use")
        return ("later", _("to come")) if row.starts_at and row.starts_at > now else ("runs", _("holds"))

    def save_related(self, request, form, formsets, change) -> None:
        goods = set(_goods(form.instance))
        super().save_related(request, form, formsets, change)
        follow(Product.objects.filter(pk__in=goods | set(_goods(form.instance))), _cause(request, form.instance))

    def delete_model(self, request, obj) -> None:
        goods = _goods(obj)
        cause = _cause(request, obj)
        super().delete_model(request, obj)
        follow(Product.objects.filter(pk__in=goods), cause)

    def get_urls(self):
        view = self.admin_site.admin_view(self.import_view)
        return [path("<path:object_id>/prices/", view, name="catalog_pricelist_prices"), *super().get_urls()]

    @action(description=gettext_lazy("Prices from a file…"), url_path="from-file", permissions=["change"])
    def import_prices(self, request, object_id: str):
        return redirect("admin:catalog_pricelist_prices", object_id)

    def import_view(self, request, object_id: str):
        """A file with sku, from_quantity and price; row by row it is said what came of it."""
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        form, report = FileForm(request.POST or None, request.FILES or None), None
        if request.method == "POST" and form.is_valid():
            try:
                report = take_over(row, form.cleaned_data["file"].read(), dry="try" in request.POST)
            except Unreadable as fault:
                form.add_error("file", str(fault))
            else:
                if not report.dry:
                    follow(Product.objects.filter(pk__in=report.products), _cause(request, row))
                    messages.success(request, report.sentence)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Prices from a file"),
            "subtitle": str(row),
            "opts": self.opts,
            "form": form,
            "report": report,
            "currency": row.currency,
            "back": reverse("admin:catalog_pricelist_change", args=[row.pk]),
        }
        return render(request, "office/list-prices.html", context, status=422 if form.errors else 200)


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        help_text=gettext_lazy("Columns sku, from_quantity (empty: 1) and price. What is not in the file stays."),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > 20 * 1024 * 1024:
            raise forms.ValidationError(_("The file is larger than 20 MB."))
        return file


def _goods(row: PriceList) -> list[int]:
    return list(row.prices.order_by().values_list("variant__product_id", flat=True).distinct())


def _cause(request, row: PriceList) -> pricing.Cause:
    return pricing.Cause("list", str(request.user), row.name)


def written(minor: int | None, currency: str) -> str:
    return "–" if minor is None else format_minor(minor, currency, get_language() or "en")
