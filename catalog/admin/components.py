"""The page on which a bundle is put together: one row for each component."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminTextInputWidget

from catalog.actions import bundles
from catalog.models import Product, Variant
from catalog.models.bundle import MOST
from catalog.queries.codes import by_code

ROWS, SPARE = 50, 4


class ComponentForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("SKU or barcode"),
        max_length=80,
        required=False,
        widget=UnfoldAdminTextInputWidget(attrs={"autocomplete": "off"}),
    )
    quantity = forms.IntegerField(
        label=gettext_lazy("Pieces"), min_value=1, max_value=MOST, required=False, widget=UnfoldAdminIntegerFieldWidget
    )

    def clean(self) -> dict:
        data = super().clean()
        code = data.get("code", "").strip()
        if not code:
            return data
        found = by_code(code)
        if len(found) != 1:
            self.add_error(
                "code", _("Nothing has this code.") if not found else _("Several have this code: give the SKU.")
            )
        else:
            data["variant"] = found[0]
        data["quantity"] = data.get("quantity") or 1
        return data


class ComponentFormSet(forms.BaseFormSet):
    def pieces(self) -> dict[int, int]:
        """Pieces by variant; one that is named twice is added up."""
        sums: dict[int, int] = {}
        for form in self.forms:
            if variant := form.cleaned_data.get("variant"):
                sums[variant.pk] = sums.get(variant.pk, 0) + form.cleaned_data["quantity"]
        return sums


Rows = forms.formset_factory(ComponentForm, formset=ComponentFormSet, extra=SPARE, max_num=ROWS, absolute_max=ROWS)


class ComponentPages:
    """Adds the page of components to the admin of products."""

    def get_urls(self):
        view = self.admin_site.admin_view(page)
        own = [path("components/<int:variant_id>/", view, {"model_admin": self}, name="catalog_product_components")]
        return own + super().get_urls()


def page(request, variant_id: int, model_admin):
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    bundle = get_object_or_404(
        Variant.objects.select_related("product"), pk=variant_id, product__kind=Product.Kind.BUNDLE
    )
    now = [
        {"code": item.component.sku, "quantity": item.quantity}
        for item in bundle.components.select_related("component")
    ]
    rows = Rows(request.POST or None, initial=None if request.POST else now)
    if request.method == "POST" and rows.is_valid() and _save(request, bundle, rows):
        return redirect("admin:catalog_product_change", bundle.product_id)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": bundle.sku,
        "subtitle": str(bundle.product),
        "opts": model_admin.opts,
        "bundle": bundle,
        "rows": rows,
    }
    return render(request, "office/components.html", context, status=422 if rows.is_bound else 200)


def _save(request, bundle: Variant, rows: ComponentFormSet) -> bool:
    try:
        bundles.set_components(bundle, rows.pieces())
    except bundles.BundleInBundle as refusal:
        messages.error(request, _("%(sku)s is a bundle itself: name its parts instead.") % {"sku": refusal.sku})
        return False
    except ValueError:
        messages.error(request, _("A component is at most %(most)d pieces.") % {"most": MOST})
        return False
    messages.success(request, _("%(sku)s now consists of these components.") % {"sku": bundle.sku})
    return True
