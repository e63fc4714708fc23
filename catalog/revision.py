"""The state of the catalogue as one short text: while it is the same, what was computed from the catalogue holds.

A random text and no number, so that it never repeats: neither after a rolled back transaction nor after a restored
backup. Whoever changes listed things calls `renew` in the same transaction; every process then sees both or neither.
"""

from uuid import uuid4

from django.db import connection

from catalog.models.listing import Revision


def current() -> str:
    """The state now; one tiny query, below the ORM because every page asks it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT token FROM catalog_revision WHERE id = 1")
        row = cursor.fetchone()
    return row[0] if row else ""


def renew() -> None:
    """Say that the catalogue changed: categories, words or listed products."""
    Revision.objects.bulk_create(
        [Revision(pk=1, token=uuid4().hex)],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["token"],
    )
