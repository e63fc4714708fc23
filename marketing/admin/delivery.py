"""What providers told of messages, letters and texts."""

from django.contrib import admin
from unfold.decorators import display

from customers.admin.day_range import by_day
from customers.admin.read_only import ReadOnlyAdmin
from marketing.models import DeliveryEvent, PushSubscription


@admin.register(DeliveryEvent)
class DeliveryEventAdmin(ReadOnlyAdmin):
    """Each thing once, newest first. An opening may be a machine, and counts as nothing."""

    list_display = ["address", "what", "words", "provider", "received_at"]
    list_filter = ["type", "is_final", "is_machine", "provider", by_day("received_at")]
    search_fields = ["=address", "=event_id"]
    list_filter_submit = True
    list_select_related = ["message", "mail"]
    fields = [
        "address", "type", "is_final", "is_machine", "words", "message", "mail", "provider", "event_id", "occurred_at",
        "received_at",
    ]  # fmt: skip

    @display(
        description=DeliveryEvent._meta.get_field("type").verbose_name,
        ordering="type",
        label={"delivered": "success", "bounced": "danger", "complained": "danger", "failed": "warning"},
    )
    def what(self, row: DeliveryEvent) -> tuple[str, str]:
        return row.type, row.get_type_display()


@admin.register(PushSubscription)
class PushSubscriptionAdmin(ReadOnlyAdmin):
    """Browsers that people let us tell; nobody in the shop adds one."""

    list_display = ["profile", "name", "language", "created_at", "ok_at", "gone_at"]
    list_filter = [("gone_at", admin.EmptyFieldListFilter), "language"]
    search_fields = ["profile__email"]
    list_select_related = ["profile"]
    fields = ["profile", "name", "language", "created_at", "ok_at", "gone_at"]
