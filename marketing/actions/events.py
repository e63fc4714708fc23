"""Writing down what happened in the shop."""

from marketing.models import Event


def record(type: str, dedupe_key: str | None = None, **facts) -> None:
    """Add a fact to the log: who, what, how much (the fields of an Event).

    With a `dedupe_key` the second telling of the same fact by the same source writes nothing.
    """
    event = Event(type=type, dedupe_key=dedupe_key, **facts)
    Event.objects.bulk_create([event], ignore_conflicts=dedupe_key is not None)
