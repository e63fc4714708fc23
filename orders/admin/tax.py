"""Tax rates and regions: what the shop charges where and from when on, the list of the EU, and the report."""

from dataclasses import asdict

from django import forms
from django.contrib import admin, messages
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from catalog.models import TaxClass
from orders.actions import tax_rates
from orders.admin import tax_report_page
from orders.admin.percent import PercentField
from orders.models import TaxRate, TaxRegion
from orders.models.tax import ALWAYS
from orders.queries.tax_gaps import gaps
from orders.tax.words import percent


class TaxRateForm(forms.ModelForm):
    class Meta:
        model = TaxRate
        fields = ["country", "region", "tax_class", "rate_bp", "valid_from"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "valid_from" in self.fields:
            self.fields["valid_from"].required = False
            if not self.instance.is_dated:
                self.initial["valid_from"] = None

    def clean_valid_from(self):
        return self.cleaned_data["valid_from"] or ALWAYS

    def clean(self) -> dict:
        data = super().clean()
        region, tax_class = data.get("region"), data.get("tax_class")
        if region and data.get("country") and region.country != data["country"]:
            self.add_error("region", _("This region lies in another country."))
        if tax_class and not tax_class.is_taxed:
            self.add_error("tax_class", _("Goods of this class bear no tax: it needs no rates."))
        return data


@admin.register(TaxRate)
class TaxRateAdmin(ModelAdmin):
    """Rates by country, region and class. Orders keep the rate of their day."""

    form = TaxRateForm
    list_display = ["place", "kind", "rate", "since"]
    list_display_links = ["place"]
    list_filter = ["tax_class", "region"]
    list_select_related = ["region", "tax_class"]
    search_fields = ["country", "region__name", "region__code"]
    fields = ["country", "region", "tax_class", "rate_bp", "valid_from"]
    list_before_template = "office/tax-gaps.html"
    actions = None
    actions_list = ["from_list", "report"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "rate_bp":
            return PercentField(label=capfirst(db_field.verbose_name), help_text=_("For example 21 or 5.5."))
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {**(extra_context or {}), "gaps": gaps(localdate())})

    @display(description=gettext_lazy("where"), ordering="country")
    def place(self, rate: TaxRate) -> str:
        return f"{rate.country.name} · {rate.region.name}" if rate.region else rate.country.name

    @display(description=gettext_lazy("tax class"), ordering="tax_class")
    def kind(self, rate: TaxRate) -> str:
        return str(rate.tax_class or _("everything"))

    @display(description=gettext_lazy("rate"), ordering="rate_bp")
    def rate(self, rate: TaxRate) -> str:
        return percent(rate.rate_bp)

    @display(description=gettext_lazy("valid from"), ordering="valid_from")
    def since(self, rate: TaxRate) -> str:
        return f"{rate.valid_from:%Y-%m-%d}" if rate.is_dated else _("always")

    @action(description=gettext_lazy("Rates of the EU"), url_path="eu", permissions=["add"])
    def from_list(self, request):
        """Shows what the list would change; a POST does it, for the countries that are ticked."""
        day = localdate()
        found = tax_rates.changes(day)
        if request.method == "POST":
            ticked = set(request.POST.getlist("country"))
            done = tax_rates.load([change for change in found if change.country in ticked], day)
            words = ngettext("%(number)d rate was written.", "%(number)d rates were written.", done)
            messages.success(request, words % {"number": done})
            return redirect("admin:orders_taxrate_changelist")
        by_country: dict[str, list] = {}
        names = dict(TaxClass.objects.values_list("code", "name"))
        for change in found:
            row = {**asdict(change), "class_name": names.get(change.tax_class, change.tax_class)}
            by_country.setdefault(change.country, []).append(row)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Rates of the EU"),
            "opts": self.opts,
            "by_country": sorted(by_country.items()),
            "known": tax_rates.known_rates(),
        }
        return render(request, "office/tax-list.html", context)

    @action(description=gettext_lazy("Report by country"), url_path="report", permissions=["view"])
    def report(self, request):
        return tax_report_page.page(request, self)


@admin.register(TaxRegion)
class TaxRegionAdmin(ModelAdmin):
    """Parts of a country with a tax of their own. An address belongs to one by its postcode or its state."""

    list_display = ["name", "code", "land", "postcodes"]
    search_fields = ["name", "code", "country"]
    fields = ["country", "code", "name", "postcodes", "areas"]
    actions = None

    @display(description=gettext_lazy("country"), ordering="country")
    def land(self, region: TaxRegion) -> str:
        return region.country.name
