"""What runs low, over all places, and how much of it to order."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.actions.stock import first_location
from catalog.models import Consignment, ConsignmentLine
from catalog.queries import shelves
from catalog.queries.running_low import DAYS, RunningLow

PER_PAGE = 50
# One delivery note; more than that is ordered in two.
MOST = 500


def page(request, model_admin):
    """GET the list; POST makes a draft of a delivery from what is wanted."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    only_none = request.GET.get("left") == "none"
    rows = RunningLow(timezone.now(), only_none)
    if request.method == "POST":
        return _order(request, rows)
    paginator = Paginator(rows, PER_PAGE)
    number = request.GET.get("page", "")
    first = (int(number) - 1) * PER_PAGE if number.isascii() and number.isdigit() and 0 < len(number) < 8 else 0
    rows.look_at(slice(max(first, 0), max(first, 0) + PER_PAGE))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Running low"),
        "opts": model_admin.opts,
        "rows": paginator.get_page(request.GET.get("page")),
        "counts": shelves.Shelves(*rows.counts),
        "only_none": only_none,
        "days": DAYS,
        "may_order": request.user.has_perm("catalog.add_consignment"),
    }
    return render(request, "office/low.html", context)


@transaction.atomic
def _order(request, rows: RunningLow):
    if not request.user.has_perm("catalog.add_consignment"):
        raise PermissionDenied
    wanted = rows.wanted(MOST)
    if not wanted:
        messages.info(request, _("Nothing has to be ordered now."))
        return redirect("admin:catalog_stocklevel_low")
    draft = Consignment.objects.create(destination=first_location(), note=_("From the list of what runs low."))
    ConsignmentLine.objects.bulk_create(
        ConsignmentLine(consignment=draft, variant=variant, quantity=variant.wanted) for variant in wanted
    )
    messages.success(request, _("A draft was made. Nothing is ordered yet: look it over first."))
    return redirect("admin:catalog_consignment_change", draft.pk)
