"""The question before variants are made from options."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalog.actions.variants import TooManyVariants, generate
from catalog.admin.first_variants import axis_fields
from catalog.admin.money import MoneyField
from catalog.models import OptionValue, Product


class GenerateForm(forms.Form):
    """Which values are sold, and what the new variants cost; a field for each option is added."""

    price = MoneyField(label=gettext_lazy("Price of each new variant"), help_text=gettext_lazy("Including tax."))

    def __init__(self, *args, axes: dict[str, forms.Field], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for axis in axes.values():
            axis.required = True
        self.fields = {**axes, **self.fields}

    @property
    def values(self) -> list[OptionValue]:
        return [value for name, values in self.cleaned_data.items() if name != "price" for value in values]


def variants(request, model_admin, object_id: str):
    """Asks which values are sold and what the variants cost; a POST makes those that are missing."""
    product = model_admin.get_object(request, object_id)
    if product is None:
        raise Http404
    if not model_admin.has_change_permission(request, product):
        raise PermissionDenied
    back = redirect("admin:catalog_product_change", product.pk)
    options = [option for option in product.options.prefetch_related("values") if option.values.all()]
    if not options:
        messages.info(request, _("Choose the options of the product first, such as size, and save."))
        return back
    form = GenerateForm(
        request.POST or None, axes=axis_fields(options, _used(product)), initial={"price": _usual_price(product)}
    )
    if request.method == "POST" and form.is_valid() and _made(request, product, form):
        return back
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Make missing variants"),
        "subtitle": str(product),
        "opts": model_admin.opts,
        "form": form,
        "back": back.url,
    }
    return render(request, "office/generate.html", context)


def _made(request, product: Product, form: GenerateForm) -> bool:
    try:
        made = generate(product, form.cleaned_data["price"], among=form.values)
    except TooManyVariants as many:
        form.add_error(None, _("The options make %(number)d variants; that is too many.") % {"number": many.number})
        return False
    words = ngettext("%(number)d variant was made.", "%(number)d variants were made.", len(made))
    messages.success(request, words % {"number": len(made)})
    return True


def _used(product: Product) -> set[int]:
    """The values that its variants have already."""
    return set(OptionValue.objects.filter(variants__product=product).values_list("pk", flat=True))


def _usual_price(product: Product) -> int | None:
    return product.variants.order_by("-is_active", "position").values_list("price", flat=True).first()
