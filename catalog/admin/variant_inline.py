"""Variants on the page of their product: one row each, with a chooser for every option of the product."""

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import StackedInline
from unfold.decorators import display
from unfold.forms import PaginationInlineFormSet
from unfold.widgets import UnfoldAdminSelectWidget

from catalog.actions.variants import combination_of, free_sku, give_a_shelf
from catalog.admin.money import MoneyAdmin
from catalog.admin.panels import tax_at_home
from catalog.models import Option, Product, Variant
from catalog.money import tax_inside


def chooser(option: Option) -> str:
    return f"option_{option.pk}"


class VariantForm(forms.ModelForm):
    """Subclassed for each product with a chooser per option; see `form_for`."""

    options: tuple[Option, ...] = ()

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sku"].required = False
        mine = {value.option_id: value.pk for value in self.instance.values.all()} if self.instance.pk else {}
        for option in self.options:
            self.fields[chooser(option)].initial = mine.get(option.pk, "")

    def clean(self) -> dict:
        data = super().clean()
        price, before = data.get("price"), data.get("compare_at_price")
        if price is not None and before is not None and before <= price:
            self.add_error("compare_at_price", _("The price before must be higher than the price now."))
        self.values = [self._chosen(option) for option in self.options]
        # Without options a variant that is there keeps what tells it apart.
        if None not in self.values and (self.options or not self.instance.pk):
            self.instance.combination = combination_of(self.values)
        if not data.get("sku") and not self.errors:
            product = self.cleaned_data.get("product") or self.instance.product
            data["sku"] = free_sku(product, [value for value in self.values if value])
        return data

    def _chosen(self, option: Option):
        pk = self.cleaned_data.get(chooser(option))
        return next((value for value in option.values.all() if str(value.pk) == pk), None)

    def _save_m2m(self) -> None:
        super()._save_m2m()
        if self.options or self.instance.values.exists():
            self.instance.values.set(self.values)
        give_a_shelf(self.instance)


class VariantFormSet(PaginationInlineFormSet):
    def clean(self) -> None:
        """Two variants of the same choice could not be told apart."""
        seen = set()
        for form in self.forms:
            if not getattr(form, "cleaned_data", None) or form.cleaned_data.get("DELETE"):
                continue
            if form.instance.combination in seen:
                raise forms.ValidationError(
                    _("Two variants have the same choice. Choose other values, or give the product an option first.")
                )
            seen.add(form.instance.combination)
        super().clean()


def form_for(options: tuple[Option, ...]) -> type[VariantForm]:
    fields = {
        chooser(option): forms.ChoiceField(
            label=option.name,
            choices=[("", "–"), *((value.pk, value.value) for value in option.values.all())],
            widget=UnfoldAdminSelectWidget,
        )
        for option in options
    }
    return type("VariantOfProductForm", (VariantForm,), {**fields, "options": options})


class VariantInline(MoneyAdmin, StackedInline):
    model = Variant
    formset = VariantFormSet
    money_fields = ("price", "compare_at_price", "cost")
    readonly_fields = ["stock", "margin"]
    extra = 0
    collapsible = True
    show_count = True
    tab = False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("product").prefetch_related("values__option", "levels")

    def get_fieldsets(self, request, obj=None):
        choosers = tuple(chooser(option) for option in self._options(request, obj))
        rows = [("sku", "is_active", "stock"), ("price", "compare_at_price")]
        if request.user.has_perm("catalog.view_cost"):
            rows.append(("cost", "margin"))
        rows.append(("barcode", "weight_g", "tracks_stock", "position"))
        rows.append(("released_on", "low_stock_at"))
        return [(None, {"fields": [*([choosers] if choosers else []), *rows]})]

    def get_formset(self, request, obj=None, **kwargs):
        kwargs["form"] = form_for(self._options(request, obj))
        return super().get_formset(request, obj, **kwargs)

    def get_extra(self, request, obj=None, **kwargs) -> int:
        return 0 if obj and obj.pk else 1

    def has_delete_permission(self, request, obj=None) -> bool:
        """What was sold is only taken off sale: untick "for sale"."""
        return False

    def _options(self, request, obj) -> tuple[Option, ...]:
        if obj is None or not obj.pk:
            return ()
        if not hasattr(request, "options_of_product"):
            request.options_of_product = tuple(obj.options.prefetch_related("values__option"))
        return request.options_of_product

    @display(description=gettext_lazy("margin"))
    def margin(self, variant: Variant) -> str:
        """What is left of the price without tax."""
        if variant.cost is None or not variant.price:
            return "–"
        net = variant.price - tax_inside(variant.price, tax_at_home.rates().get(variant.product.tax_class_id, 0))
        return f"{100 * (net - variant.cost) / net:.0f} %" if net else "–"

    @display(description=gettext_lazy("stock"))
    def stock(self, variant: Variant) -> str:
        if variant.pk is None:
            return _("Save first, then count it.")
        if variant.product.kind == Product.Kind.BUNDLE:
            return _components(variant)
        if not variant.tracks_stock:
            return _("not counted")
        rows = [
            format_html(
                '<a class="office-link" href="{}">{}</a>',
                reverse("admin:catalog_stocklevel_change", args=[level.pk]),
                _("%(free)d available of %(all)d") % {"free": level.available, "all": level.on_hand},
            )
            for level in variant.levels.all()
        ]
        return format_html(", ".join(["{}"] * len(rows)), *rows) if rows else _("none yet")


def _components(variant: Variant) -> str:
    """What is in the set, leading to the page where it is said."""
    named = ", ".join(
        f"{item.quantity} × {item.component.sku}" for item in variant.components.select_related("component")
    )
    address = reverse("admin:catalog_product_components", args=[variant.pk])
    return format_html('<a class="office-link" href="{}">{}</a>', address, named or _("Say what is in it"))
