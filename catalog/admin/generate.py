"""The question before variants are made from options."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.actions.variants import TooManyVariants, combination_of, generate, missing
from catalog.admin.product_form import GenerateForm


def variants(request, model_admin, object_id: str):
    """Says which variants would be made and what they cost; a POST makes those that stayed ticked."""
    product = model_admin.get_object(request, object_id)
    if product is None:
        raise Http404
    if not model_admin.has_change_permission(request, product):
        raise PermissionDenied
    back = redirect("admin:catalog_product_change", product.pk)
    try:
        rows = missing(product)
    except TooManyVariants as many:
        messages.error(request, _("The options make %(number)d variants; that is too many.") % {"number": many.number})
        return back
    if not rows and request.method != "POST":
        messages.info(request, _("Each combination of its options has a variant. Add options or values first."))
        return back
    form = GenerateForm(request.POST or None, initial={"price": _usual_price(product)})
    if request.method == "POST" and form.is_valid():
        made = generate(product, form.cleaned_data["price"], chosen=request.POST.getlist("combination"))
        words = ngettext("%(number)d variant was made.", "%(number)d variants were made.", len(made))
        messages.success(request, words % {"number": len(made)})
        return back
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Make missing variants"),
        "subtitle": str(product),
        "opts": model_admin.opts,
        "form": form,
        "rows": [(combination_of(values), " · ".join(str(value) for value in values)) for values in rows],
        "back": back.url,
    }
    return render(request, "office/generate.html", context)


def _usual_price(product) -> int | None:
    return product.variants.order_by("-is_active", "position").values_list("price", flat=True).first()
