"""What came of a flow: counted from the ways through it, its messages, and the orders of those who clicked."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef

from marketing.models import Enrolment, Flow, Message
from orders.models import Order

# A purchase is said to follow a click when it comes within five days.
CREDIT = timedelta(days=5)


@dataclass(frozen=True, slots=True)
class Numbers:
    """People by state, and why they left; messages by state and reason; clicks, and orders after them."""

    by_status: dict[str, int] = field(default_factory=dict)
    by_reason: dict[str, int] = field(default_factory=dict)
    clicked: int = 0
    ordered: int = 0
    people: dict[str, int] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)

    @property
    def sent(self) -> int:
        return self.by_status.get(Message.Status.HANDED_OVER, 0)


@dataclass(slots=True)
class StepNumbers:
    """Of one step: who waits for it now, and its messages."""

    waiting: int = 0
    sent: int = 0
    skipped: int = 0
    clicked: int = 0
    reasons: dict[str, int] = field(default_factory=dict)


def numbers_of(flow: Flow) -> Numbers:
    messages = Message.objects.filter(flow=flow).order_by()
    skipped = messages.filter(status=Message.Status.SKIPPED)
    clicked = messages.filter(clicked_at__isnull=False)
    bought = Order.objects.filter(
        email__iexact=OuterRef("address"),
        placed_at__gte=OuterRef("clicked_at"),
        placed_at__lte=OuterRef("clicked_at") + CREDIT,
    )
    people = Enrolment.objects.filter(flow=flow).order_by()
    return Numbers(
        by_status=dict(messages.values_list("status").annotate(Count("pk"))),
        by_reason=dict(skipped.values_list("reason").annotate(times=Count("pk")).order_by("-times")),
        clicked=clicked.count(),
        ordered=clicked.filter(Exists(bought)).count(),
        people=dict(people.values_list("status").annotate(Count("pk"))),
        left=dict(people.exclude(reason="").values_list("reason").annotate(times=Count("pk")).order_by("-times")),
    )


def step_numbers(flow: Flow) -> dict[str, StepNumbers]:
    """By the id of the step, over all versions of the flow."""
    found: dict[str, StepNumbers] = {}
    waiting = Enrolment.objects.filter(flow=flow, status=Enrolment.Status.WAITING).order_by()
    for step, number in waiting.values_list("step").annotate(Count("pk")):
        found.setdefault(step, StepNumbers()).waiting = number
    told = Message.objects.filter(flow=flow).order_by().values_list("step", "status", "reason")
    for step, status, reason, number, clicks in told.annotate(Count("pk"), Count("clicked_at")):
        mine = found.setdefault(step, StepNumbers())
        mine.clicked += clicks
        if status == Message.Status.HANDED_OVER:
            mine.sent += number
        elif status == Message.Status.SKIPPED:
            mine.skipped += number
            mine.reasons[reason] = mine.reasons.get(reason, 0) + number
    return found
