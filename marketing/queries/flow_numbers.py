"""What came of a flow: counted from its messages, and from the orders of those who clicked."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef

from marketing.models import Flow, Message
from orders.models import Order

# A purchase is said to follow a click when it comes within five days.
CREDIT = timedelta(days=5)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Messages by state, those not sent by reason, clicks, and clicks that an order followed."""

    by_status: dict[str, int] = field(default_factory=dict)
    by_reason: dict[str, int] = field(default_factory=dict)
    clicked: int = 0
    ordered: int = 0

    @property
    def sent(self) -> int:
        return self.by_status.get(Message.Status.HANDED_OVER, 0)


def numbers_of(flow: Flow) -> Numbers:
    messages = Message.objects.filter(flow=flow).order_by()
    skipped = messages.filter(status=Message.Status.SKIPPED)
    clicked = messages.filter(clicked_at__isnull=False)
    bought = Order.objects.filter(
        email__iexact=OuterRef("address"),
        placed_at__gte=OuterRef("clicked_at"),
        placed_at__lte=OuterRef("clicked_at") + CREDIT,
    )
    return Numbers(
        by_status=dict(messages.values_list("status").annotate(Count("pk"))),
        by_reason=dict(skipped.values_list("reason").annotate(times=Count("pk")).order_by("-times")),
        clicked=clicked.count(),
        ordered=clicked.filter(Exists(bought)).count(),
    )
