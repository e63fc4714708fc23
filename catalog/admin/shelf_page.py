"""The page of one shelf: two forms and the ledger that explains the number."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from catalog.actions import shelf_count, stock
from catalog.actions.stock import HeldForOrders
from catalog.admin.stock_forms import CountForm, MoveForm, TermsForm
from catalog.models import StockLevel

PER_PAGE = 25


def show(request, model_admin, level: StockLevel, count_form=None, move_form=None, terms_form=None):
    """The page, with forms that were refused in place of fresh ones."""
    fresh = {"seen": level.on_hand}
    movements = Paginator(_ledger(level), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": level.variant.sku,
        "subtitle": str(level.variant.product),
        "opts": model_admin.opts,
        "level": level,
        "options": ", ".join(str(value) for value in level.variant.values.all()),
        "movements": movements,
        "may_change": model_admin.has_change_permission(request, level),
        "count_form": count_form or CountForm(initial={**fresh, "on_hand": level.on_hand}, prefix="count"),
        "terms_form": terms_form or TermsForm(instance=level, prefix="terms"),
        "move_form": move_form or MoveForm(initial=fresh, prefix="move"),
    }
    return render(request, "office/shelf.html", context, status=422 if count_form or move_form or terms_form else 200)


def _ledger(level: StockLevel):
    return level.movements.annotate(before=F("on_hand_after") - F("delta"))


@require_POST
def count(request, level_id: int, model_admin):
    level = _level(request, level_id, model_admin)
    form = CountForm(request.POST, prefix="count")
    if not form.is_valid():
        return show(request, model_admin, level, count_form=form)
    return _do(request, level, shelf_count.count, form.cleaned_data)


@require_POST
def move(request, level_id: int, model_admin):
    level = _level(request, level_id, model_admin)
    form = MoveForm(request.POST, prefix="move")
    if not form.is_valid():
        return show(request, model_admin, level, move_form=form)
    return _do(request, level, shelf_count.move, form.cleaned_data)


@require_POST
def terms(request, level_id: int, model_admin):
    level = _level(request, level_id, model_admin)
    form = TermsForm(request.POST, instance=level, prefix="terms")
    if not form.is_valid():
        level.refresh_from_db()
        return show(request, model_admin, level, terms_form=form)
    try:
        stock.set_terms(level.pk, **form.cleaned_data)
    except HeldForOrders as held:
        words = {"held": held.reserved}
        messages.error(
            request, _("Nothing was changed: %(held)d pieces are sold already, some before they came.") % words
        )
    else:
        messages.success(request, _("Saved. The web shop sells by it from now on."))
    return redirect("admin:catalog_stocklevel_change", level.pk)


def _level(request, level_id: int, model_admin) -> StockLevel:
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    return get_object_or_404(StockLevel.objects.select_related("variant__product", "location"), pk=level_id)


def _do(request, level: StockLevel, action, told: dict):
    before = told["seen"]
    try:
        action(level, actor=str(request.user), **told)
    except shelf_count.Moved as now:
        messages.warning(
            request,
            _("Nothing was changed: there are %(now)d pieces on hand, not %(seen)d as when you opened the page.")
            % {"now": now.on_hand, "seen": before},
        )
    except HeldForOrders as held:
        sentence = ngettext(
            "Nothing was changed: %(held)d piece is held for an order. Cancel or ship that order first.",
            "Nothing was changed: %(held)d pieces are held for orders. Cancel or ship those orders first.",
            held.reserved,
        )
        messages.error(request, sentence % {"held": held.reserved})
    else:
        level.refresh_from_db()
        messages.success(
            request, _("%(sku)s: %(before)d → %(after)d on hand.") % {
                "sku": level.variant.sku, "before": before, "after": level.on_hand
            }
        )  # fmt: skip
    return redirect("admin:catalog_stocklevel_change", level.pk)
