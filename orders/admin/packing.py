"""The packing list: what goes into which parcel, one order per sheet, to print."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _

from orders.models import Order, OrderAddress

MOST = 100


def sheet(request, model_admin):
    """The orders named in the address, of those that are to pack; without any, all that are to pack."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    orders = Order.objects.to_pack().order_by("promised_on", "pk").prefetch_related("lines", "addresses")
    named = [int(pk) for pk in request.GET.get("orders", "").split(",") if pk.isdecimal() and len(pk) < 18]
    asked = len(named)
    orders = list((orders.filter(pk__in=named) if named else orders)[:MOST])
    context = {
        "title": _("Packing list"),
        "parcels": [_parcel(order) for order in orders],
        "left_out": max(0, asked - len(orders)),
    }
    return render(request, "office/packing.html", context)


def _parcel(order: Order) -> dict:
    lines = [line for line in order.lines.all() if line.left]
    for line in lines:
        # Components of a bundle, for all the bundles that are still to send.
        line.to_pick = [{**part, "quantity": part["quantity"] * line.left} for part in line.components]
    address = next((a for a in order.addresses.all() if a.kind == OrderAddress.Kind.DELIVERY), None)
    return {"order": order, "lines": lines, "address": address, "pieces": sum(line.left for line in lines)}
