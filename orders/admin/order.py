"""Orders: the list that a clerk opens first, and the page on which everything about one is done."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from unfold.decorators import display

from catalog.admin.large import FirstPages
from catalog.moments import stamp
from catalog.money import format_minor
from customers.admin.day_range import by_day
from customers.admin.read_only import ReadOnlyAdmin
from orders.actions import finding
from orders.admin import (
    bulk,
    change_page,
    order_page,
    order_steps,
    packing,
    pickup_steps,
    refund_page,
    supplement_steps,
)
from orders.admin.desk_filter import DeskFilter, tabs
from orders.models import Order, OrderAddress
from orders.queries.office import waiting

PAYMENT_COLOURS = {
    "unpaid": "warning",
    "authorised": "primary",
    "paid": "success",
    "partly_refunded": "info",
    "refunded": "info",
    "door": "primary",
    "pending": "warning",
}
FULFILMENT_COLOURS = {
    "unfulfilled": "warning",
    "partly": "warning",
    "fulfilled": "success",
    "not_needed": "info",
    "cancelled": "danger",
}
# What may be done about an order, by the last part of its address.
STEPS = {
    "pay": order_steps.pay,
    "ship": order_steps.ship,
    "refund": refund_page.refund,
    "alter": change_page.alter,
    "added_paid": supplement_steps.paid,
    "added_anyway": supplement_steps.anyway,
    "added_back": supplement_steps.back,
    "cancel": order_steps.cancel,
    "remark": order_steps.remark,
    "ready": pickup_steps.ready,
    "hand_over": pickup_steps.hand_over,
}


@admin.register(Order)
class OrderAdmin(ReadOnlyAdmin):
    """Nobody adds, types over or deletes an order: what may be done about it are the steps on its page."""

    list_display = ["order", "placed", "amount", "money", "parcel"]
    list_display_links = ["order"]
    list_filter = [
        DeskFilter, "status", "payment_status", "fulfilment_status", "pays_on_delivery", "channel",
        "delivery_method",         by_day("placed_at"),
    ]  # fmt: skip
    list_select_related = ["customer"]
    # What is typed is looked for by `get_search_results`; without a name here there is no field to type in.
    search_fields = ["number"]
    paginator = FirstPages
    search_help_text = gettext_lazy("Number, mail, name, phone, product or SKU")
    list_filter_submit = True
    list_before_template = "office/order-tabs.html"
    actions = ["packing_list", "papers", "ship_chosen"]

    def get_queryset(self, request):
        addresses = OrderAddress.objects.filter(kind=OrderAddress.Kind.DELIVERY)
        return super().get_queryset(request).prefetch_related(Prefetch("addresses", addresses, to_attr="goes_to"))

    def get_search_results(self, request, queryset, search_term):
        return finding.find(queryset, search_term), False

    def has_change_permission(self, request, obj=None) -> bool:
        """May act on it; the page itself has nothing to type over."""
        return request.user.has_perm("orders.change_order")

    def changelist_view(self, request, extra_context=None):
        views = tabs(request.GET.get("view", ""), waiting(localdate()))
        return super().changelist_view(request, {**(extra_context or {}), "desk_tabs": views})

    @display(description=gettext_lazy("order"), ordering="id")
    def order(self, order: Order) -> str:
        who = next((address.name for address in order.goes_to), "") or getattr(order.customer, "name", "")
        number = order.number or _("no number yet")
        markup = '<span class="office-two"><strong>{}</strong><span>{}</span></span>'
        return format_html(markup, number, who or order.email)

    @display(description=gettext_lazy("placed"), ordering="placed_at")
    def placed(self, order: Order) -> str:
        return stamp(order.placed_at) or "–"

    @display(description=gettext_lazy("total"), ordering="total")
    def amount(self, order: Order) -> str:
        written = format_minor(order.total, order.currency, get_language() or "en")
        return format_html('<span class="office-number">{}</span>', written)

    @display(description=gettext_lazy("payment"), ordering="payment_status", label=PAYMENT_COLOURS)
    def money(self, order: Order) -> tuple[str, str]:
        if order.status == Order.Status.PENDING:
            return "pending", _("at the card page")
        if order.payment_status == Order.PaymentStatus.UNPAID and order.pays_on_delivery:
            return "door", _("pays at the door")
        if order.payment_status == Order.PaymentStatus.UNPAID and order.due_on:
            return "door", _("due %(day)s") % {"day": date_format(order.due_on, "SHORT_DATE_FORMAT")}
        return order.payment_status, order.get_payment_status_display()

    @display(description=gettext_lazy("parcel"), ordering="fulfilment_status", label=FULFILMENT_COLOURS)
    def parcel(self, order: Order) -> tuple[str, str]:
        if order.status == Order.Status.CANCELLED:
            return "cancelled", _("cancelled")
        if order.status == Order.Status.PENDING:
            return "not_needed", _("not yet")
        return order.fulfilment_status, order.get_fulfilment_status_display()

    @admin.action(description=gettext_lazy("Packing list to print"), permissions=["view"])
    def packing_list(self, request, queryset):
        chosen = ",".join(str(pk) for pk in queryset.order_by("pk").values_list("pk", flat=True)[: packing.MOST])
        return redirect(f"{reverse('admin:orders_order_packing')}?orders={chosen}")

    @admin.action(description=gettext_lazy("Pick list and packing slips (PDF)"), permissions=["view"])
    def papers(self, request, queryset):
        # One more than are printed: the page says that it is too many.
        chosen = queryset.order_by("pk").values_list("pk", flat=True)[: packing.MOST_SLIPS + 1]
        return redirect(f"{reverse('admin:orders_order_papers')}?orders={','.join(map(str, chosen))}")

    @admin.action(description=gettext_lazy("Mark as sent…"), permissions=["change"])
    def ship_chosen(self, request, queryset):
        return bulk.ship(self, request, queryset)

    def get_urls(self):
        view = self.admin_site.admin_view
        steps = [
            path(f"<int:order_id>/{name}/", view(step), {"model_admin": self}, name=f"orders_order_{name}")
            for name, step in STEPS.items()
        ]
        sheet = path("packing/", view(packing.sheet), {"model_admin": self}, name="orders_order_packing")
        papers = path("packing.pdf", view(packing.papers), {"model_admin": self}, name="orders_order_papers")
        return [sheet, papers, *steps, *super().get_urls()]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        order = self.get_object(request, object_id) if object_id else None
        if order is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(object_id))
        if not self.has_view_or_change_permission(request, order) or request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        return order_page.show(request, self, order)
