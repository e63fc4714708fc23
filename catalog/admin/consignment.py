"""Goods on their way: ordered from a supplier or moved between places, and received piece by piece."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.urls import path
from django.utils.html import format_html
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextInputWidget

from catalog.admin import consignment_page
from catalog.models import Consignment, ConsignmentLine
from catalog.moments import day
from catalog.queries.codes import by_code

Status = Consignment.Status


class LineForm(forms.ModelForm):
    """A line is named by what a scanner or a delivery note says."""

    code = forms.CharField(
        label=gettext_lazy("SKU or barcode"),
        max_length=80,
        widget=UnfoldAdminTextInputWidget(attrs={"autocomplete": "off"}),
    )

    class Meta:
        model = ConsignmentLine
        fields = ["quantity"]

    field_order = ["code", "quantity"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["code"].initial = self.instance.variant.sku
        self.fields["quantity"].max_value = 10**6

    def clean_code(self) -> str:
        found = by_code(self.cleaned_data["code"])
        if len(found) != 1:
            several = _("Several have this code: give the SKU.")
            raise forms.ValidationError(several if found else _("Nothing has this code."))
        self.instance.variant = found[0]
        return found[0].sku

    def clean_quantity(self) -> int:
        quantity = self.cleaned_data["quantity"]
        if not 1 <= quantity <= 10**6:
            raise forms.ValidationError(_("At least one piece, at most a million."))
        return quantity


class LineFormSet(forms.BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        filled = [getattr(form, "cleaned_data", None) or {} for form in self.forms]
        codes = [data["code"] for data in filled if "code" in data and not data.get("DELETE")]
        if len(codes) != len(set(codes)):
            raise forms.ValidationError(_("An article stands in two lines: put the pieces in one."))


class LineInline(TabularInline):
    model = ConsignmentLine
    form = LineForm
    formset = LineFormSet
    fields = ["code", "quantity"]
    extra = 5
    tab = False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("variant")

    # Who may write a consignment may write its lines.
    def has_add_permission(self, request, obj=None) -> bool:
        return request.user.has_perm("catalog.change_consignment" if obj else "catalog.add_consignment")

    def has_change_permission(self, request, obj=None) -> bool:
        return request.user.has_perm("catalog.change_consignment")

    def has_delete_permission(self, request, obj=None) -> bool:
        return request.user.has_perm("catalog.change_consignment")

    def has_view_permission(self, request, obj=None) -> bool:
        return request.user.has_perm("catalog.view_consignment")


class Overdue(admin.SimpleListFilter):
    title = gettext_lazy("day")
    parameter_name = "day"

    def lookups(self, request, model_admin):
        return [("late", _("overdue"))]

    def queryset(self, request, queryset):
        late = {"status": Status.UNDER_WAY, "expected_on__lt": localdate()}
        return queryset.filter(**late) if self.value() == "late" else queryset


@admin.register(Consignment)
class ConsignmentAdmin(ModelAdmin):
    """A draft is a form; once it is on its way its page takes in what has come."""

    list_display = ["what", "state", "way", "pieces", "expected"]
    list_filter = ["status", Overdue, "destination"]
    list_select_related = ["source", "destination"]
    search_fields = ["document", "supplier", "note", "lines__variant__sku"]
    search_help_text = gettext_lazy("Document, supplier, note or SKU")
    fields = ["source", "supplier", "destination", "document", "expected_on", "note"]
    inlines = [LineInline]
    actions = None

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.annotate(sum=Sum("lines__quantity"), come=Sum("lines__received"))

    @display(description=gettext_lazy("consignment"), ordering="id")
    def what(self, row: Consignment) -> str:
        kind = _("transfer") if row.is_transfer else _("delivery")
        markup = '<span class="office-two"><strong>{}</strong><span>{}</span></span>'
        return format_html(markup, row.code, kind)

    @display(
        description=gettext_lazy("status"),
        ordering="status",
        label={"draft": "info", "under_way": "warning", "received": "success", "cancelled": "danger"},
    )
    def state(self, row: Consignment) -> tuple[str, str]:
        return row.status, row.get_status_display()

    @display(description=gettext_lazy("way"))
    def way(self, row: Consignment) -> str:
        return f"{row.source or row.supplier or _('supplier')} → {row.destination}"

    @display(description=gettext_lazy("pieces"), ordering="sum")
    def pieces(self, row: Consignment) -> str:
        return f"{row.come or 0} / {row.sum or 0}"

    @display(description=gettext_lazy("expected on"), ordering="expected_on")
    def expected(self, row: Consignment) -> str:
        return day(row.expected_on) or "–"

    def get_urls(self):
        steps = {name: getattr(consignment_page, name) for name in ("send", "receive", "end")}
        return [
            path(
                f"<int:pk>/{verb}/",
                self.admin_site.admin_view(view),
                {"model_admin": self},
                name=f"catalog_consignment_{verb}",
            )
            for verb, view in steps.items()
        ] + super().get_urls()

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        row = self.get_object(request, object_id) if object_id else None
        if row is None or (row.status == Status.DRAFT and "edit" in request.GET):
            return super().changeform_view(request, object_id, form_url, extra_context)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        return consignment_page.show(request, self, row)

    def response_add(self, request, obj, post_url_continue=None):
        return consignment_page.back_to(obj)

    def response_change(self, request, obj):
        return consignment_page.back_to(obj)

    def has_delete_permission(self, request, obj=None) -> bool:
        return bool(obj and obj.status == Status.DRAFT) and super().has_delete_permission(request, obj)
