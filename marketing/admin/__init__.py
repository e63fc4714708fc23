"""The back office of the writing desk."""

from marketing.admin import (
    broadcast,
    carts,
    customers,
    delivery,
    enrolment,
    events,
    flow,
    message,
    notice,
    person,
    pressure,
    question,
    review,
    segment,
    template,
    webhook_target,
)  # fmt: skip

__all__ = [
    "broadcast",
    "carts", "customers", "delivery", "enrolment", "events", "flow", "message", "notice", "person", "pressure",
    "question", "review", "segment", "template", "webhook_target",
]  # fmt: skip
