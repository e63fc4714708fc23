"""Money in and money back, to read. What may be done about it stands on the page of the order."""

from django.contrib import admin
from django.utils.translation import gettext_lazy
from unfold.admin import TabularInline
from unfold.decorators import display

from customers.admin.day_range import by_day
from customers.admin.read_only import ReadOnlyAdmin
from orders.admin.columns import link_to, written
from orders.models import Payment, Refund

PAYMENT_COLOURS = {"captured": "success", "authorised": "primary", "pending": "warning", "cancelled": "info"}
REFUND_COLOURS = {"succeeded": "success", "requested": "warning", "failed": "danger"}


class RefundInline(TabularInline):
    model = Refund
    fields = readonly_fields = ["created_at", "back", "status", "reason", "restock", "actor", "error"]
    extra = 0
    can_delete = False

    @display(description=gettext_lazy("amount"))
    def back(self, refund: Refund) -> str:
        return written(refund.amount, refund.payment.currency)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("payment", "actor")

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Payment)
class PaymentAdmin(ReadOnlyAdmin):
    """Each attempt to pay, with what the provider calls it."""

    list_display = ["of_order", "sum", "method", "state", "created_at"]
    list_filter = ["status", "method", by_day("created_at")]
    list_select_related = ["order"]
    search_fields = ["order__number", "order__email", "session_id", "intent_id"]
    search_help_text = gettext_lazy("Order number, mail, or an id of the provider")
    list_filter_submit = True
    inlines = [RefundInline]
    fields = [
        "of_order", "method", "status", "sum", "held", "came", "let_go", "went", "created_at", "capture_before",
        "captured_at", "checked_at", "closed_at", "expires_at", "session_id", "intent_id",
    ]  # fmt: skip
    readonly_fields = ["of_order", "sum", "held", "came", "let_go", "went"]

    @display(description=gettext_lazy("order"), ordering="order__id")
    def of_order(self, payment: Payment) -> str:
        return link_to(payment.order)

    @display(description=gettext_lazy("amount"), ordering="amount")
    def sum(self, payment: Payment) -> str:
        return written(payment.amount, payment.currency)

    @display(description=gettext_lazy("held by the card"))
    def held(self, payment: Payment) -> str:
        return written(payment.authorised, payment.currency)

    @display(description=gettext_lazy("let go"))
    def let_go(self, payment: Payment) -> str:
        return written(payment.cancelled, payment.currency)

    @display(description=gettext_lazy("received"))
    def came(self, payment: Payment) -> str:
        return written(payment.captured, payment.currency)

    @display(description=gettext_lazy("refunded"))
    def went(self, payment: Payment) -> str:
        return written(payment.refunded, payment.currency)

    @display(description=gettext_lazy("status"), ordering="status", label=PAYMENT_COLOURS)
    def state(self, payment: Payment) -> tuple[str, str]:
        return payment.status, payment.get_status_display()


@admin.register(Refund)
class RefundAdmin(ReadOnlyAdmin):
    """Each wish to give money back, and what came of it."""

    list_display = ["of_order", "sum", "state", "reason", "created_at"]
    list_filter = ["status", "restock", by_day("created_at")]
    list_select_related = ["payment__order", "actor"]
    search_fields = ["payment__order__number", "payment__order__email", "provider_id", "reason"]
    list_filter_submit = True
    fields = ["of_order", "sum", "status", "reason", "restock", "actor", "created_at", "provider_id", "error"]
    readonly_fields = ["of_order", "sum"]

    @display(description=gettext_lazy("order"))
    def of_order(self, refund: Refund) -> str:
        return link_to(refund.payment.order)

    @display(description=gettext_lazy("amount"), ordering="amount")
    def sum(self, refund: Refund) -> str:
        return written(refund.amount, refund.payment.currency)

    @display(description=gettext_lazy("status"), ordering="status", label=REFUND_COLOURS)
    def state(self, refund: Refund) -> tuple[str, str]:
        return refund.status, refund.get_status_display()
