"""The back office of the writing desk."""

from marketing.admin import (
    carts,
    customers,
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
)  # fmt: skip

__all__ = [
    "carts", "customers", "enrolment", "events", "flow", "message", "notice", "person", "pressure", "question",
    "review",
    "segment", "template",
]  # fmt: skip
