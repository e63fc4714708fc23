"""All variants of a product as a table, fifty to a page: for products that have hundreds."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.actions import variant_table as actions
from catalog.admin.panels import kept_variants
from catalog.admin.variant_table_forms import ManyForm, RowForm
from catalog.models import OptionValue

PER_PAGE = 50
# So many SKUs are named in a message; the rest is a number.
NAMED = 10


def page(request, model_admin, object_id: str):
    """The table; a POST saves its rows, or does something to many."""
    product = model_admin.get_object(request, object_id)
    if product is None:
        raise Http404
    if not model_admin.has_change_permission(request, product):
        raise PermissionDenied
    words = (request.GET.get("q") or "").replace("\x00", "").strip()[:80]
    found = _found(product, words)
    rows = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    many = ManyForm(request.POST if "many" in request.POST else None, initial={"what": ManyForm.PRICE})
    data = request.POST if "rows" in request.POST else None
    forms = [RowForm(variant, data) for variant in rows]
    if many.is_bound and many.is_valid() and _do_many(request, product, found, many.cleaned_data):
        return redirect(_address(product, words, rows.number))
    if data is not None and not sum(not form.is_valid() for form in forms):
        _save(request, product, forms)
        return redirect(_address(product, words, rows.number))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Variants"),
        "subtitle": str(product),
        "opts": model_admin.opts,
        "product": product,
        "back": reverse("admin:catalog_product_change", args=[product.pk]),
        "forms": forms,
        "rows": rows,
        "many": many,
        "words": words,
        "query": urlencode({"q": words}) if words else "",
    }
    return render(request, "office/variants.html", context, status=422 if many.is_bound or data is not None else 200)


def _found(product, words: str):
    values = OptionValue.objects.select_related("option").order_by("option__position", "position")
    rows = product.variants.prefetch_related(Prefetch("values", values), "levels").order_by("position", "pk")
    for word in words.split()[:5]:
        named = Q(values__value_en__icontains=word) | Q(values__value_es__icontains=word)
        named |= Q(values__value_ru__icontains=word)
        rows = rows.filter(Q(sku__icontains=word) | Q(pk__in=product.variants.filter(named).values("pk")))
    return rows


def _save(request, product, forms: list[RowForm]) -> None:
    rows = [form.row for form in forms if form.has_changed()]
    done = actions.save(product, rows, actor=request.user.get_username())
    _say(request, done, ngettext("%(n)d variant was changed.", "%(n)d variants were changed.", done.changed))
    if done.left:
        _name(request, _("Their stock moved meanwhile, or is held for orders, and was left as it is: %(skus)s."), done)


def _do_many(request, product, found, data: dict) -> bool:
    if data["scope"] == "all":
        ids = list(found.values_list("pk", flat=True))
    else:
        ids = [int(pk) for pk in request.POST.getlist("ticked") if pk.isascii() and pk.isdecimal() and len(pk) < 19]
    if not ids:
        messages.warning(request, _("Tick the variants first, or choose all that are found."))
        return True
    match data["what"]:
        case ManyForm.PRICE:
            done = actions.set_price(product, ids, price=data["amount"])
        case ManyForm.RAISE:
            done = actions.set_price(product, ids, percent=data["amount"])
        case ManyForm.DELETE:
            return _remove(request, product, ids)
        case what:
            done = actions.put_on_sale(product, ids, is_active=what == ManyForm.SELL)
    _say(request, done, ngettext("%(n)d variant was changed.", "%(n)d variants were changed.", done.changed))
    if done.left:
        _name(request, _("Their price before would be no higher, so they were left as they are: %(skus)s."), done)
    return True


def _remove(request, product, ids: list[int]) -> bool:
    done = actions.remove(product, ids, kept_variants.among(ids))
    _say(request, done, ngettext("%(n)d variant was deleted.", "%(n)d variants were deleted.", done.changed))
    if done.left:
        words = _("These lie in a cart, were ordered or have stock, so they were taken off sale instead: %(skus)s.")
        _name(request, words, done)
    return True


def _say(request, done: actions.Done, words: str) -> None:
    messages.success(request, words % {"n": done.changed})


def _name(request, words: str, done: actions.Done) -> None:
    named = ", ".join(done.left[:NAMED]) + (" …" if len(done.left) > NAMED else "")
    messages.warning(request, words % {"skus": named})


def _address(product, words: str, number: int) -> str:
    query = {key: value for key, value in (("q", words), ("page", number if number > 1 else "")) if value}
    address = reverse("admin:catalog_product_variant_table", args=[product.pk])
    return f"{address}?{urlencode(query)}" if query else address
