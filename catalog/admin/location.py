"""Where goods lie."""

from django.contrib import admin
from django.db.models import Sum
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import display

from catalog import revision
from catalog.admin.languages import WordsForm, tabs
from catalog.admin.refreshing import follow
from catalog.admin.weekdays import WorkdaysField
from catalog.models import Location, Product


class LocationForm(WordsForm):
    class Meta:
        model = Location
        fields = "__all__"  # noqa: DJ007


@admin.register(Location)
class LocationAdmin(ModelAdmin):
    """A place with goods in it cannot be removed, only taken out of use."""

    form = LocationForm
    list_display = ["name", "kind", "pieces", "serves", "priority"]
    list_filter = ["kind", "is_active", "is_public"]
    search_fields = ["name", "address"]
    actions = None

    def get_fieldsets(self, request, obj=None):
        facts = ["name", "kind", "priority", "is_active", "sells_online", "weekdays", "handling_days"]
        shown = (_("For shoppers"), {"fields": ["is_public", "address", "offers_pickup", "transfer_days"]})
        return [(None, {"fields": facts}), shown, *tabs(obj, "public_name", "hours")]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "weekdays":
            return WorkdaysField(label=capfirst(db_field.verbose_name), help_text=db_field.help_text)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(sum=Sum("levels__on_hand"))

    @display(description=gettext_lazy("pieces on hand"), ordering="sum")
    def pieces(self, location: Location) -> int:
        return location.sum or 0

    @display(description=gettext_lazy("serves"))
    def serves(self, location: Location) -> str:
        if not location.is_active:
            return _("not in use")
        return _("web shop and counter") if location.sells_online else _("counter only")

    def save_model(self, request, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        # What pages say of places is kept as long as the catalogue stays the same; what can be sold may change too.
        follow(Product.objects.filter(variants__levels__location=obj))
        revision.renew()

    def has_delete_permission(self, request, obj=None) -> bool:
        return not (obj and obj.levels.exists()) and super().has_delete_permission(request, obj)
