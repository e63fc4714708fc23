"""The page of a price change for many goods: how much, a look at every price, and a way back."""

from decimal import Decimal
from uuid import uuid4

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.cache import caches
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.widgets import UnfoldAdminDecimalFieldWidget, UnfoldAdminSelectWidget

from catalog.actions import price_bulk
from catalog.actions.price_bulk import ENDINGS, Step
from catalog.models import Variant

MOST = 2000
KEPT_FOR = 24 * 3600
SHOWN = 200


class ChangeForm(forms.Form):
    percent = forms.DecimalField(
        min_value=-90, max_value=500, decimal_places=2, label=gettext_lazy("Percent"),
        help_text=gettext_lazy("5 makes everything dearer by 5 %, -5 cheaper."), widget=UnfoldAdminDecimalFieldWidget(),
    )  # fmt: skip
    ending = forms.ChoiceField(
        required=False, label=gettext_lazy("Round to"), widget=UnfoldAdminSelectWidget(),
        choices=[(key, gettext_lazy("as it comes") if not key else f"… .{key}") for key in ENDINGS],
    )  # fmt: skip


class PriceChangePages:
    """Mixed into the admin of products; the action hands over what was ticked."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("change-prices/", wrap(self.change_prices_view), name="catalog_product_change_prices"),
            path("change-prices/undo/", wrap(self.undo_prices_view), name="catalog_product_undo_prices"),
            *super().get_urls(),
        ]

    @admin.action(description=gettext_lazy("Change prices…"), permissions=["change"])
    def change_prices(self, request, queryset):
        return self._price_page(request, list(queryset.values_list("pk", flat=True)[:MOST]))

    def change_prices_view(self, request):
        if not self.has_change_permission(request):
            raise PermissionDenied
        typed = request.POST.getlist("product")
        ids = [int(pk) for pk in typed if pk.isascii() and pk.isdecimal() and len(pk) < 16]
        if not ids:
            messages.info(request, _("Tick the products first, then choose “Change prices…” above the list."))
            return redirect("admin:catalog_product_changelist")
        return self._price_page(request, ids)

    def _price_page(self, request, ids: list[int]):
        variants = Variant.objects.filter(product__in=ids[:MOST], is_active=True).select_related("product")
        rows = list(variants.order_by("product_id", "position")[:MOST])
        asks = "percent" in request.POST
        form = ChangeForm(request.POST if asks else None)
        steps: list[Step] = []
        if asks and form.is_valid():
            steps = price_bulk.plan(rows, Decimal(form.cleaned_data["percent"]), form.cleaned_data["ending"])
            if "apply" in request.POST:
                return self._applied(request, steps)
        by_key = {row.pk: row for row in rows}
        context = {
            **self.admin_site.each_context(request),
            "title": _("Change prices"),
            "opts": self.opts,
            "form": form,
            "products": ids,
            "number": len(rows),
            "steps": [(by_key[step.variant], step) for step in steps[:SHOWN]],
            "changed": len(steps),
            "more": max(0, len(steps) - SHOWN),
            "asks": asks and form.is_valid(),
            "currency": settings.SHOP_CURRENCY,
            "back": reverse("admin:catalog_product_changelist"),
        }
        return render(request, "office/change-prices.html", context, status=422 if form.errors else 200)

    def _applied(self, request, steps: list[Step]):
        done = price_bulk.apply(steps, str(request.user))
        key = uuid4().hex
        # Whichever worker answers next must find it.
        caches["shared"].set(f"prices-before:{key}", [(step.variant, step.was, step.price) for step in done], KEPT_FOR)
        words = ngettext("%(number)d price was changed.", "%(number)d prices were changed.", len(done))
        address = reverse("admin:catalog_product_undo_prices")
        undo = format_html('<a href="{}?of={}">{}</a>', address, key, _("Take it back…"))
        messages.success(request, format_html("{} {}", words % {"number": len(done)}, undo))
        return redirect("admin:catalog_product_changelist")

    def undo_prices_view(self, request):
        """Asks first; the prices of before come back where nobody has changed them since."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        key = (request.POST.get("of") or request.GET.get("of", ""))[:32]
        kept = caches["shared"].get(f"prices-before:{key}")
        if not kept:
            messages.warning(request, _("This can no longer be taken back."))
            return redirect("admin:catalog_product_changelist")
        if request.method == "POST":
            done = price_bulk.undo([Step(*row) for row in kept], str(request.user))
            caches["shared"].delete(f"prices-before:{key}")
            words = ngettext("%(number)d price is as before.", "%(number)d prices are as before.", len(done))
            messages.success(request, words % {"number": len(done)})
            return redirect("admin:catalog_product_changelist")
        context = {
            **self.admin_site.each_context(request), "title": _("Take the price change back"), "opts": self.opts,
            "of": key, "number": len(kept), "back": reverse("admin:catalog_product_changelist"),
        }  # fmt: skip
        return render(request, "office/undo-prices.html", context)
