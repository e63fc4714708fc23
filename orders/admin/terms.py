"""The merchant's terms: how parcels go, how one pays, and when nobody works."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSelect2MultipleWidget

from catalog.admin.languages import NamedWordsForm, WordsForm, in_all, tabs
from catalog.admin.money import MoneyAdmin, MoneyField
from catalog.money import digits, format_minor
from customers.admin.day_range import by_day
from orders.models import ClosedDay, DeliveryMethod, DeliveryPrice, PaymentMethod


class DeliveryPriceForm(forms.ModelForm):
    """Amounts are read in the decimals of the currency beside them, so the currency is asked for first."""

    price = MoneyField(label=gettext_lazy("Price"))
    free_from = MoneyField(label=gettext_lazy("Free from"), required=False)

    class Meta:
        model = DeliveryPrice
        fields = ["currency", "price", "free_from"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        typed = (self.data.get(self.add_prefix("currency")) if self.is_bound else self.instance.currency) or ""
        for name in ("price", "free_from"):
            self.fields[name].speak(typed.strip().upper())

    def clean_currency(self) -> str:
        currency = self.cleaned_data["currency"].strip().upper()
        if currency == settings.SHOP_CURRENCY:
            raise forms.ValidationError(_("The price in the shop's own currency stands above."))
        try:
            digits(currency)
        except ValueError:
            raise forms.ValidationError(_("There is no such currency.")) from None
        return currency


class DeliveryPriceInline(TabularInline):
    model = DeliveryPrice
    form = DeliveryPriceForm
    extra = 0


@admin.register(DeliveryMethod)
class DeliveryMethodAdmin(MoneyAdmin, ModelAdmin):
    """What a parcel costs and when it arrives. Take one out of the offer rather than deleting it."""

    form = NamedWordsForm
    money_fields = ("price", "free_from")
    inlines = [DeliveryPriceInline]
    list_display = ["name", "costs", "takes", "where", "offered"]
    search_fields = ["name_en", "name_es", "name_ru", "code", "carrier"]
    actions = None
    fieldsets = [
        (None, {"fields": [*in_all("name"), ("is_active", "position"), "code"]}),
        (gettext_lazy("Where to and at what price"), {"fields": ["countries", ("price", "free_from")]}),
        (gettext_lazy("When it arrives"), {"fields": [("handling_days", "cutoff_hour"), ("min_days", "max_days")]}),
        (gettext_lazy("Following the parcel"), {"fields": [("carrier", "tracking_url")]}),
    ]

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name != "countries":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        # The theme would make a chooser for a single country of it.
        field = db_field.formfield()
        field.widget = UnfoldAdminSelect2MultipleWidget(choices=field.choices)
        return field

    @display(description=gettext_lazy("price"), ordering="price")
    def costs(self, method: DeliveryMethod) -> str:
        price = _written(method.price)
        if method.free_from is None:
            return price
        return _("%(price)s, free from %(sum)s") % {"price": price, "sum": _written(method.free_from)}

    @display(description=gettext_lazy("working days"))
    def takes(self, method: DeliveryMethod) -> str:
        shortest, longest = method.min_days + method.handling_days, method.max_days + method.handling_days
        return str(shortest) if shortest == longest else f"{shortest}–{longest}"

    @display(description=gettext_lazy("delivers to"))
    def where(self, method: DeliveryMethod) -> str:
        codes = [country.code for country in method.countries]
        return ", ".join(codes[:4]) + (" …" if len(codes) > 4 else "") if codes else _("everywhere")

    @display(description=gettext_lazy("offered"), boolean=True, ordering="is_active")
    def offered(self, method: DeliveryMethod) -> bool:
        return method.is_active


@admin.register(PaymentMethod)
class PaymentMethodAdmin(ModelAdmin):
    """Which ways to pay the checkout offers, and what it says about them."""

    form = WordsForm
    list_display = ["name", "code", "is_active", "position"]
    actions = None

    def get_fieldsets(self, request, obj=None):
        return [(None, {"fields": ["code", ("is_active", "position")]}), *tabs(obj, "name", "hint", "instructions")]

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []

    def has_add_permission(self, request) -> bool:
        return super().has_add_permission(request) and PaymentMethod.objects.count() < len(PaymentMethod.Code.choices)

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(ClosedDay)
class ClosedDayAdmin(ModelAdmin):
    """Promised days leap over these, beside Saturdays and Sundays."""

    list_display = ["day", "name", "comes"]
    search_fields = ["name"]
    ordering = ["-day"]
    list_filter = [by_day("day")]
    list_filter_submit = True

    @display(description=gettext_lazy("still to come"), boolean=True)
    def comes(self, day: ClosedDay) -> bool:
        return day.day >= localdate()


def _written(minor: int) -> str:
    return format_minor(minor, settings.SHOP_CURRENCY, get_language() or "en")
