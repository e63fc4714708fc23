"""Writing down what happened in the shop."""

from uuid import UUID

from django.db import connection
from django.db.models.expressions import RawSQL

from customers.consent import normal
from marketing.models import Event, Profile, Visitor

# Asked within the statement that writes the event: what names somebody costs no statement of its own, and a visitor
# who was forgotten meanwhile breaks nothing.
_VISITOR = "(SELECT id FROM marketing_visitor WHERE key = %s)"
_OF_VISITOR = "(SELECT profile_id FROM marketing_visitor WHERE key = %s)"
_OF_ADDRESS = "(SELECT COALESCE(merged_into_id, id) FROM marketing_profile WHERE email = %s)"
LONGEST = Event._meta.get_field("text").max_length


def record(type: str, dedupe_key: str | None = None, visitor: UUID | None = None, email: str = "", **facts) -> None:
    """Add a fact to the log with one statement: who, what, how much (the fields of an Event).

    `visitor` is the key in his cookie, `email` an address that may have a profile; without a `profile` or an address
    the fact is that of the visitor's profile. With a `dedupe_key` the second telling of the same fact by the same
    source writes nothing.
    """
    facts["text"] = facts.get("text", "").replace("\x00", "")[:LONGEST]
    event = Event(type=type, dedupe_key=dedupe_key, **facts)
    is_named = "profile" in facts or "profile_id" in facts
    if visitor:
        event.visitor_id = _one(Visitor, _VISITOR, "key", visitor)
    if email and not is_named:
        event.profile_id = _one(Profile, _OF_ADDRESS, "email", normal(email))
    elif visitor and not is_named:
        event.profile_id = _one(Visitor, _OF_VISITOR, "key", visitor)
    Event.objects.bulk_create([event], ignore_conflicts=dedupe_key is not None)


def _one(model, sql: str, field: str, value) -> RawSQL:
    # The statements are the three above; what comes from outside is a parameter.
    return RawSQL(sql, [model._meta.get_field(field).get_db_prep_value(value, connection)])  # noqa: S611
