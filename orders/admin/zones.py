"""Delivery zones: which parts of the world have prices of their own, and where an address lies."""

from django import forms
from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSelect2MultipleWidget

from orders.delivery.zones import spans_of
from orders.models import DeliveryZone


def country_field(db_field):
    """Several countries: the theme would make a chooser for a single one."""
    field = db_field.formfield()
    field.widget = UnfoldAdminSelect2MultipleWidget(choices=field.choices)
    return field


def in_short(countries, nothing: str) -> str:
    codes = [country.code for country in countries]
    return ", ".join(codes[:4]) + (" …" if len(codes) > 4 else "") if codes else nothing


class ZoneForm(forms.ModelForm):
    class Meta:
        model = DeliveryZone
        fields = ["name", "countries", "postcodes", "areas", "position"]

    def clean_postcodes(self) -> str:
        typed = self.cleaned_data["postcodes"]
        try:
            spans_of(typed)
        except ValueError as wrong:
            words = {"part": wrong}
            raise forms.ValidationError(_("“%(part)s” is no beginning of a postcode and no range.") % words) from None
        return typed

    def clean(self) -> dict:
        data = super().clean()
        if (data.get("postcodes") or data.get("areas")) and not data.get("countries"):
            self.add_error("countries", _("Say which country these postcodes or states belong to."))
        return data


@admin.register(DeliveryZone)
class DeliveryZoneAdmin(ModelAdmin):
    """An address lies in one zone: that of its postcode before that of its state, its country, and the rest."""

    form = ZoneForm
    list_display = ["name", "where", "parts", "methods"]
    search_fields = ["name", "postcodes", "areas", "countries"]
    actions = None

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(number=Count("prices__method", distinct=True))

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "countries":
            return country_field(db_field)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @display(description=gettext_lazy("countries"))
    def where(self, zone: DeliveryZone) -> str:
        return in_short(zone.countries, _("the rest of the world"))

    @display(description=gettext_lazy("only"))
    def parts(self, zone: DeliveryZone) -> str:
        return ", ".join(filter(None, [zone.postcodes[:40], zone.areas[:40]])) or "–"

    @display(description=gettext_lazy("methods with a price"), ordering="number")
    def methods(self, zone: DeliveryZone) -> int:
        return zone.number
