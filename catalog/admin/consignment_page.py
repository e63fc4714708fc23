"""The page of a consignment: what is in it, what has come, and its next step."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from catalog.actions import consignments, stock
from catalog.models import Consignment


def back_to(row: Consignment):
    return redirect("admin:catalog_consignment_change", row.pk)


def show(request, model_admin, row: Consignment):
    lines = list(row.lines.select_related("variant__product"))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": row.code,
        "opts": model_admin.opts,
        "row": row,
        "lines": lines,
        "missing": sum(line.missing for line in lines),
        "has_come": any(line.received for line in lines),
        "is_late": row.status == "under_way" and row.expected_on and row.expected_on < localdate(),
        "may_change": model_admin.has_change_permission(request, row),
    }
    return render(request, "office/consignment.html", context)


@require_POST
def send(request, pk: int, model_admin):
    row = _row(request, pk, model_admin)
    try:
        consignments.send(row, timezone.now(), str(request.user))
    except consignments.NothingInIt:
        messages.error(request, _("There is nothing in it yet. Add what is to come."))
    except stock.HeldForOrders:
        messages.error(request, _("Not sent: that place has fewer pieces than that which nobody holds."))
    except consignments.NotNow:
        _too_late(request)
    else:
        messages.success(request, _("It is on its way. Its pieces count as incoming."))
    return back_to(row)


@require_POST
def receive(request, pk: int, model_admin):
    row = _row(request, pk, model_admin)
    pieces = {line.pk: _number(request.POST.get(f"line-{line.pk}")) for line in row.lines.all()}
    if None in pieces.values():
        messages.error(request, _("Nothing was booked: type a whole number of pieces in each line, or 0."))
        return back_to(row)
    try:
        number = consignments.receive(row, pieces, timezone.now(), str(request.user))
    except consignments.TooManyReceived as refusal:
        sentence = _("Nothing was booked: of %(sku)s more would come than was sent.")
        messages.error(request, sentence % {"sku": refusal.sku})
    except consignments.NotNow:
        _too_late(request)
    else:
        words = ngettext("%(number)d piece booked.", "%(number)d pieces booked.", number)
        messages.success(request, words % {"number": number})
    return back_to(row)


@require_POST
def end(request, pk: int, model_admin):
    """Called off when nothing has come, closed when some of it has; after a question."""
    row = _row(request, pk, model_admin)
    has_come = row.lines.filter(received__gt=0).exists()
    if "confirmed" not in request.POST:
        return _ask(request, model_admin, row, has_come)
    try:
        if has_come:
            consignments.close(row, timezone.now())
            messages.success(request, _("Closed: nothing more is expected of it."))
        else:
            consignments.call_off(row, timezone.now(), str(request.user))
            messages.success(request, _("Called off."))
    except consignments.NotNow:
        _too_late(request)
    return back_to(row)


def _ask(request, model_admin, row: Consignment, has_come: bool):
    if has_come:
        sentence, button = _("Close it? The rest does not come."), _("Close it")
        detail = _("What was sent and did not arrive is lost.") if row.is_transfer else ""
    else:
        sentence, button = _("Call it off?"), _("Call it off")
        detail = _("Its pieces lie where they were.") if row.is_transfer else _("Nothing of it is expected any more.")
    context = {
        **model_admin.admin_site.each_context(request),
        "title": row.code,
        "subtitle": str(row),
        "opts": model_admin.opts,
        "sentence": sentence,
        "detail": detail,
        "button": button,
        "hidden": [("confirmed", "1")],
        "danger": True,
        "back": "../change/",
    }
    return render(request, "office/ask.html", context)


def _too_late(request) -> None:
    messages.warning(request, _("Nothing was done: somebody did it before, or called it off."))


def _row(request, pk: int, model_admin) -> Consignment:
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    return get_object_or_404(Consignment.objects.select_related("source", "destination"), pk=pk)


def _number(text: str | None) -> int | None:
    text = (text or "0").strip() or "0"
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else None
