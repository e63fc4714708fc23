"""One stock-take: a field for the scanner, what was counted so far, and the end of it.

Works by plain forms; a small script keeps the page in place and the cursor in the field.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F, Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from catalog.actions import stock_take
from catalog.models import StockTake
from catalog.queries.codes import LONGEST

PER_PAGE = 50
DIFFERS = "differs"


def show(request, model_admin, take: StockTake, said: str = "", wrong: str = ""):
    """The page; to the script only the part that changes with a scan."""
    lines = take.lines.select_related("variant__product")
    chosen = request.GET.get("show", "")
    differing = lines.exclude(counted=F("expected"))
    rows = Paginator(differing if chosen == DIFFERS else lines, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "take": take,
        "rows": rows,
        "chosen": chosen,
        "said": said,
        "wrong": wrong,
        "number": lines.count(),
        "differing": differing.count(),
        "pieces": lines.aggregate(sum=Sum("counted"))["sum"] or 0,
        "left": stock_take.not_counted(take).count() if take.is_open else 0,
        "may_change": take.is_open and model_admin.has_change_permission(request),
    }
    if "HX-Request" in request.headers:
        return render(request, "office/stock-take/part.html", context)
    if take.is_open and chosen == "left":
        context["not_counted"] = stock_take.not_counted(take)[:500]
    context |= {**model_admin.admin_site.each_context(request), "title": str(take), "opts": model_admin.opts}
    return render(request, "office/stock-take/page.html", context)


def _answer(request, model_admin, take: StockTake, said: str = "", wrong: str = ""):
    """To the script the part that changed; to others the page again, with the sentence on top."""
    if "HX-Request" in request.headers:
        return show(request, model_admin, take, said, wrong)
    (messages.error if wrong else messages.success)(request, wrong or said)
    return redirect("admin:catalog_stocktake_change", take.pk)


@require_POST
def scan(request, take_id: int, model_admin):
    """One scan: a code and Enter. The answer says what it was and how many there are now."""
    take = _take(request, take_id, model_admin)
    code = request.POST.get("code", "").replace("\x00", "").strip()[:LONGEST]
    if not code:
        return _answer(request, model_admin, take, wrong=_("Scan something, or type its SKU."))
    try:
        line = stock_take.scan(take, code, timezone.now())
    except stock_take.UnknownCode:
        wrong = _("Nothing has the code “%(code)s”. It was not counted.") % {"code": code}
        return _answer(request, model_admin, take, wrong=wrong)
    except stock_take.SeveralHaveIt:
        wrong = _("Several articles have the barcode “%(code)s”. Type the SKU instead.") % {"code": code}
        return _answer(request, model_admin, take, wrong=wrong)
    except stock_take.TooMany:
        return _answer(request, model_admin, take, wrong=_("Nobody counts as many as that."))
    except stock_take.IsClosed:
        return _closed(request, take)
    words = {"name": line.variant.product, "sku": line.variant.sku, "counted": line.counted}
    return _answer(request, model_admin, take, said=_("%(name)s (%(sku)s): %(counted)d counted") % words)


@require_POST
def set_counted(request, take_id: int, model_admin):
    """The number of a line was typed; empty: it is not counted at all."""
    take = _take(request, take_id, model_admin)
    line = get_object_or_404(take.lines.select_related("variant"), pk=_number(request.POST.get("line"), 0))
    typed = request.POST.get("counted", "").strip()
    try:
        if not typed:
            stock_take.forget(take, line.pk)
            said = _("%(sku)s is not counted any more.") % {"sku": line.variant.sku}
        else:
            line = stock_take.set_counted(take, line.variant, _number(typed, -1), timezone.now())
            said = _("%(sku)s: %(counted)d counted") % {"sku": line.variant.sku, "counted": line.counted}
    except stock_take.TooMany:
        wrong = _("%(sku)s: type a whole number of pieces.") % {"sku": line.variant.sku}
        return _answer(request, model_admin, take, wrong=wrong)
    except stock_take.IsClosed:
        return _closed(request, take)
    return _answer(request, model_admin, take, said=said)


@require_POST
def close(request, take_id: int, model_admin):
    """Finish or abandon, after a question."""
    take = _take(request, take_id, model_admin)
    gives_up, all_of_it = "abandon" in request.POST, "rest" in request.POST
    if "confirmed" not in request.POST:
        return _ask(request, model_admin, take, gives_up, all_of_it)
    try:
        if gives_up:
            stock_take.abandon(take, timezone.now())
            messages.info(request, _("The stock-take was abandoned. Nothing was booked."))
        else:
            stock_take.finish(take, timezone.now(), str(request.user), rest_is_zero=all_of_it)
            messages.success(request, _report(take))
    except stock_take.IsClosed:
        return _closed(request, take)
    return redirect("admin:catalog_stocktake_change", take.pk)


def _ask(request, model_admin, take: StockTake, gives_up: bool, all_of_it: bool):
    differing = take.lines.exclude(counted=F("expected")).count()
    if gives_up:
        sentence, button = _("Abandon this stock-take?"), _("Abandon it")
        detail = _("What was counted is kept to look at; nothing is booked.")
    else:
        sentence, button = _("Finish this stock-take?"), _("Book the differences")
        words = ngettext("%(number)d difference is booked.", "%(number)d differences are booked.", differing)
        detail = words % {"number": differing}
        if all_of_it:
            left = stock_take.not_counted(take).count()
            rest = ngettext(
                "%(left)d article that nobody counted is set to nothing.",
                "%(left)d articles that nobody counted are set to nothing.",
                left,
            )
            detail = f"{detail} {rest % {'left': left}}"
    flags = [("confirmed", "1"), *([("abandon", "1")] if gives_up else []), *([("rest", "1")] if all_of_it else [])]
    context = {
        **model_admin.admin_site.each_context(request),
        "title": str(take),
        "opts": model_admin.opts,
        "sentence": sentence,
        "detail": detail,
        "button": button,
        "hidden": flags,
        "danger": gives_up or all_of_it,
        "back": "../change/",
    }
    return render(request, "office/ask.html", context)


def _report(take: StockTake) -> str:
    booked = take.lines.exclude(posted=None)
    sums = booked.aggregate(sum=Sum("posted"))["sum"] or 0
    words = {"number": booked.count(), "sum": f"{sums:+d}"}
    text = ngettext(
        "Finished: %(number)d difference booked, %(sum)s pieces in all.",
        "Finished: %(number)d differences booked, %(sum)s pieces in all.",
        words["number"],
    )
    return text % words


def _closed(request, take: StockTake):
    messages.warning(request, _("This stock-take was closed meanwhile. Nothing more is counted in it."))
    return redirect("admin:catalog_stocktake_change", take.pk)


def _take(request, take_id: int, model_admin) -> StockTake:
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    return get_object_or_404(StockTake.objects.select_related("location"), pk=take_id)


def _number(text: str | None, default: int) -> int:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else default
