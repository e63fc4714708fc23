"""Batches of codes: drawn on a page of their own, downloaded as a file, looked up one by one."""

import csv
from collections.abc import Iterator

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.decorators import display
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminTextInputWidget

from catalog.actions.importing.formulas import safe
from customers.admin.read_only import ReadOnlyAdmin
from orders.actions import promotions
from orders.actions.promotions.codes import MOST_IN_A_BATCH
from orders.models import Promotion, PromotionCode, PromotionTally, PromotionUse
from orders.promotions.codes import key_of


class BatchForm(forms.Form):
    number = forms.IntegerField(
        label=gettext_lazy("How many"), min_value=1, max_value=MOST_IN_A_BATCH, widget=UnfoldAdminIntegerFieldWidget
    )
    prefix = forms.CharField(
        label=gettext_lazy("They begin with"),
        max_length=12,
        required=False,
        help_text=gettext_lazy("Such as MAY; eight letters and digits follow that nobody guesses."),
        widget=UnfoldAdminTextInputWidget(attrs={"autocomplete": "off"}),
    )
    batch = forms.CharField(
        label=gettext_lazy("Name of the batch"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("To find them again, such as the name of the leaflet."),
        widget=UnfoldAdminTextInputWidget(attrs={"autocomplete": "off"}),
    )

    def clean_prefix(self) -> str:
        return key_of(self.cleaned_data["prefix"])


def page(request, model_admin, pk: int) -> HttpResponse:
    """Draw a batch; each code is for one use."""
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    promotion = get_object_or_404(Promotion, pk=pk)
    form = BatchForm(request.POST or None)
    back = reverse("admin:orders_promotion_change", args=[pk])
    if request.method == "POST" and form.is_valid():
        made = promotions.make_batch(promotion, **form.cleaned_data)
        words = ngettext("%(number)d code was made.", "%(number)d codes were made.", len(made))
        messages.success(request, words % {"number": len(made)} + " " + _("The file has them all."))
        return redirect(back)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Make many codes"),
        "subtitle": promotion.name,
        "opts": model_admin.opts,
        "sentence": _("Codes for one use each"),
        "detail": _("Each opens “%(name)s” for one order.") % {"name": promotion.name},
        "button": _("Make them"),
        "back": back,
        "form": form,
    }
    return render(request, "office/ask.html", context, status=422 if form.errors else 200)


class _Echo:
    def write(self, row: str) -> str:
        return row


def as_file(promotion: Promotion) -> StreamingHttpResponse:
    """All codes of the promotion; no spreadsheet takes a cell of it for a formula."""
    rows = csv.writer(_Echo())
    name = slugify(promotion.name) or str(promotion.pk)
    answer = StreamingHttpResponse(map(rows.writerow, _rows(promotion)), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="codes-{name}.csv"'
    return answer


def _rows(promotion: Promotion) -> Iterator[list[str]]:
    used = _used(promotion.pk)
    yield ["code", "batch", "may be used", "used", "valid"]
    for code in promotion.codes.order_by("pk").iterator():
        most = "" if code.limit is None else str(code.limit)
        yield [safe(code.code), safe(code.batch), most, str(used.get(code.key, 0)), "yes" if code.is_active else "no"]


def _used(promotion: int) -> dict[str, int]:
    tallies = PromotionTally.objects.filter(promotion=promotion, key__startswith="code:")
    return {key.removeprefix("code:"): used for key, used in tallies.values_list("key", "used")}


@admin.register(PromotionCode)
class PromotionCodeAdmin(ReadOnlyAdmin):
    """Every code, to look one up that a customer asks about. One that went astray is made invalid."""

    list_display = ["code", "promotion", "batch", "uses", "is_active"]
    list_filter = ["is_active", "promotion"]
    list_select_related = ["promotion"]
    search_fields = ["code", "key", "batch"]
    fields = ["code", "promotion", "limit", "batch", "is_active", "created_at"]
    actions = ["make_invalid"]

    def has_make_invalid_permission(self, request) -> bool:
        return request.user.has_perm("orders.change_promotion")

    @admin.action(description=gettext_lazy("Make these codes invalid"), permissions=["make_invalid"])
    def make_invalid(self, request, queryset) -> None:
        number = queryset.update(is_active=False)
        words = ngettext("%(number)d code is no longer valid.", "%(number)d codes are no longer valid.", number)
        messages.success(request, words % {"number": number})

    @display(description=gettext_lazy("used"))
    def uses(self, code: PromotionCode) -> str:
        used = code.times
        return f"{used} / {code.limit}" if code.limit else str(used)

    def get_queryset(self, request):
        uses = PromotionUse.objects.filter(code_key=OuterRef("key"), released_at__isnull=True).order_by()
        number = uses.values("code_key").annotate(number=Count("pk")).values("number")
        return super().get_queryset(request).annotate(times=Coalesce(Subquery(number), 0))
