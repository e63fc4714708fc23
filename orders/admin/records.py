"""Parcels, pieces set aside, and what providers told us: to read."""

from django.contrib import admin
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import FieldTextFilter
from unfold.decorators import action, display

from customers.admin.day_range import by_day
from customers.admin.read_only import ReadOnlyAdmin
from orders.admin import arrival_step, kept_page
from orders.admin.columns import link_to
from orders.models import ProviderEvent, Reservation, Shipment


@admin.register(Shipment)
class ShipmentAdmin(ReadOnlyAdmin):
    """Parcels on their way, newest first."""

    list_display = ["of_order", "carrier", "tracking_number", "shipped_at", "arrived_on", "actor"]
    list_filter = [("carrier", FieldTextFilter), by_day("shipped_at")]
    list_select_related = ["order", "actor"]
    search_fields = ["order__number", "order__email", "tracking_number"]
    list_filter_submit = True
    ordering = ["-id"]
    fields = ["of_order", "carrier", "tracking_number", "tracking_url", "actor", "shipped_at", "arrived_on"]
    readonly_fields = ["of_order"]
    actions = ["arrived"]
    actions_list = ["kept"]

    def has_tell_permission(self, request) -> bool:
        return request.user.has_perm("orders.change_order")

    @admin.action(description=gettext_lazy("Arrived…"), permissions=["tell"])
    def arrived(self, request, queryset):
        return arrival_step.ask(self, request, queryset)

    @action(description=gettext_lazy("Promised days"), url_path="kept", permissions=["view"])
    def kept(self, request):
        return kept_page.page(request, self)

    @display(description=gettext_lazy("order"))
    def of_order(self, shipment: Shipment) -> str:
        return link_to(shipment.order)


@admin.register(Reservation)
class ReservationAdmin(ReadOnlyAdmin):
    """Which order holds which pieces, and until when."""

    list_display = ["of_order", "quantity", "level", "state", "expires_at"]
    list_filter = ["status", "expires_at"]
    list_select_related = ["line__order", "level__variant", "level__location"]
    search_fields = ["line__order__number", "line__sku"]
    ordering = ["-id"]
    fields = ["of_order", "line", "quantity", "level", "status", "expires_at"]
    readonly_fields = ["of_order"]

    @display(description=gettext_lazy("order"))
    def of_order(self, reservation: Reservation) -> str:
        return link_to(reservation.line.order)

    @display(
        description=gettext_lazy("status"),
        ordering="status",
        label={"held": "warning", "shipped": "success", "released": "info"},
    )
    def state(self, reservation: Reservation) -> tuple[str, str]:
        return reservation.status, reservation.get_status_display()


@admin.register(ProviderEvent)
class ProviderEventAdmin(ReadOnlyAdmin):
    """What Stripe told us, and what we did about it."""

    list_display = ["type", "state", "outcome", "attempts", "received_at"]
    list_filter = ["status", ("type", FieldTextFilter), by_day("received_at")]
    search_fields = ["event_id", "type", "outcome"]
    list_filter_submit = True
    fields = ["type", "event_id", "status", "outcome", "attempts", "received_at", "processed_at", "payload"]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.defer("payload") if request.resolver_match.url_name.endswith("changelist") else rows

    @display(
        description=gettext_lazy("status"),
        ordering="status",
        label={"received": "warning", "done": "success", "ignored": "info", "set_aside": "danger"},
    )
    def state(self, event: ProviderEvent) -> tuple[str, str]:
        return event.status, event.get_status_display()
