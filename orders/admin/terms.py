"""The merchant's terms: how parcels go, how one pays, and when nobody works."""

from django.conf import settings
from django.contrib import admin
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from catalog.admin.languages import NamedWordsForm, WordsForm, in_all, tabs
from catalog.admin.money import MoneyAdmin
from catalog.admin.weekdays import WorkdaysField
from catalog.money import format_minor
from customers.admin.day_range import by_day
from orders import delivery
from orders.actions import holiday_names
from orders.admin import holiday_page
from orders.admin.delivery_price import DeliveryPriceInline
from orders.admin.zones import country_field, in_short
from orders.models import ClosedDay, DeliveryMethod, PaymentMethod


@admin.register(DeliveryMethod)
class DeliveryMethodAdmin(MoneyAdmin, ModelAdmin):
    """What a parcel costs and when it arrives. Take one out of the offer rather than deleting it."""

    form = NamedWordsForm
    money_fields = ("price", "free_from")
    inlines = [DeliveryPriceInline]
    list_display = ["name", "costs", "takes", "where", "offered"]
    search_fields = ["name_en", "name_es", "name_ru", "code", "carrier"]
    actions = None
    autocomplete_fields = ["excluded_products", "excluded_types", "excluded_categories"]
    fieldsets = [
        (None, {"fields": [*in_all("name"), ("is_active", "position"), ("kind", "code")]}),
        (
            gettext_lazy("Where to and at what price"),
            {
                "description": gettext_lazy(
                    "Prices that differ stand below: for zones, by weight, in other currencies."
                ),
                "fields": ["countries", ("price", "free_from"), ("counts", "heaviest_g")],
            },
        ),
        (
            gettext_lazy("When it arrives"),
            {"fields": [("handling_days", "cutoff_hour"), ("min_days", "max_days"), "weekdays"]},
        ),
        (
            gettext_lazy("What it does not take"),
            {"fields": ["excluded_products", "excluded_types", "excluded_categories"], "classes": ["collapse"]},
        ),
        (gettext_lazy("Following the parcel"), {"fields": [("carrier", "tracking_url")]}),
    ]

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "weekdays":
            return WorkdaysField(label=capfirst(db_field.verbose_name))
        if db_field.name == "countries":
            return country_field(db_field)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("prices__zone")

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        # What it does not take is kept in tables of its own.
        delivery.changed()

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
        zones = list(dict.fromkeys(row.zone.name for row in method.prices.all() if row.zone and row.price is not None))
        if zones and not method.countries:
            return ", ".join(zones)
        return ", ".join([in_short(method.countries, _("everywhere")), *zones])

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
        own = ["captures_on_dispatch"] if obj and obj.code == PaymentMethod.Code.CARD else []
        fields = ["code", ("is_active", "position"), *own]
        return [(None, {"fields": fields}), *tabs(obj, "name", "hint", "instructions")]

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []

    def has_add_permission(self, request) -> bool:
        return super().has_add_permission(request) and PaymentMethod.objects.count() < len(PaymentMethod.Code.choices)

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(ClosedDay)
class ClosedDayAdmin(ModelAdmin):
    """Promised days leap over these, beside the days of the week on which nobody works."""

    list_display = ["day", "called", "whose", "comes"]
    search_fields = ["name", "country"]
    actions_list = ["holidays"]
    ordering = ["-day"]
    list_filter = [by_day("day"), "country"]
    list_filter_submit = True

    @display(description=gettext_lazy("name"), ordering="name")
    def called(self, day: ClosedDay) -> str:
        return holiday_names.said(day.name) if day.country else day.name

    @display(description=gettext_lazy("whose"), ordering="country")
    def whose(self, day: ClosedDay) -> str:
        return day.country.name if day.country else _("our own")

    @action(description=gettext_lazy("Holidays of a country"), url_path="holidays", permissions=["add"])
    def holidays(self, request):
        return holiday_page.page(request, self)

    @display(description=gettext_lazy("still to come"), boolean=True)
    def comes(self, day: ClosedDay) -> bool:
        return day.day >= localdate()


def _written(minor: int) -> str:
    return format_minor(minor, settings.SHOP_CURRENCY, get_language() or "en")
