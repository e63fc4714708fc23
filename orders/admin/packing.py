"""What is printed for the packing table: the list by order as a page, pick list and packing slips as PDF."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from customers.models import ShopDetails
from orders.admin.answers import as_pdf
from orders.models import Order, OrderAddress
from orders.queries.picking import picks, slips

MOST = 100
# So many slips are drawn in a few seconds; nobody carries more to the table at once.
MOST_SLIPS = 200


def sheet(request, model_admin):
    """The orders named in the address, of those that are to pack; without any, all that are to pack."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    orders = Order.objects.to_pack().order_by("promised_on", "pk").prefetch_related("lines", "addresses")
    named = _named(request)
    asked = len(named)
    orders = list((orders.filter(pk__in=named) if named else orders)[:MOST])
    context = {
        "title": _("Packing list"),
        "parcels": [_parcel(order) for order in orders],
        "left_out": max(0, asked - len(orders)),
    }
    return render(request, "office/packing.html", context)


def papers(request, model_admin) -> HttpResponse:
    """Pick list and packing slips of the orders named in the address, as one PDF; without any, of all that are to
    pack. What was sent before has slips only.
    """
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    named = _named(request)
    orders = Order.objects.filter(pk__in=named, status=Order.Status.PLACED) if named else Order.objects.to_pack()
    chosen = list(orders.order_by("promised_on", "pk")[: MOST_SLIPS + 1])
    parcels = slips(chosen[:MOST_SLIPS])
    if len(chosen) > MOST_SLIPS or len(named) > MOST_SLIPS:
        words = _("At most %(most)d orders are printed at once. Choose fewer.")
        messages.warning(request, words % {"most": MOST_SLIPS})
    elif not parcels:
        messages.info(request, _("None of the chosen orders has anything to send."))
    else:
        from orders.papers.packing import draw  # slow to load, and most pages draw nothing

        to_pick = picks([order for order in chosen if order.is_to_send])
        return as_pdf(draw(to_pick, parcels, ShopDetails.current(), timezone.now()), "packing")
    return redirect("admin:orders_order_changelist")


def _named(request) -> list[int]:
    return [int(pk) for pk in request.GET.get("orders", "").split(",") if pk.isdecimal() and len(pk) < 18]


def _parcel(order: Order) -> dict:
    lines = [line for line in order.lines.all() if line.left]
    for line in lines:
        # Components of a bundle, for all the bundles that are still to send.
        line.to_pick = [{**part, "quantity": part["quantity"] * line.left} for part in line.components]
    address = next((a for a in order.addresses.all() if a.kind == OrderAddress.Kind.DELIVERY), None)
    return {"order": order, "lines": lines, "address": address, "pieces": sum(line.left for line in lines)}
