"""What people wrote and staff has not read; one query for all of it."""

from dataclasses import dataclass

from django.db import connection

SQL = """
SELECT (SELECT COUNT(*) FROM marketing_review WHERE state = 'pending'),
  (SELECT COUNT(*) FROM marketing_review WHERE reports > 0),
  (SELECT COUNT(*) FROM marketing_question WHERE state = 'pending')
    + (SELECT COUNT(*) FROM marketing_answer WHERE state = 'pending')
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    reviews: int
    reported: int
    questions: int


def waiting() -> Waiting:
    """Reviews to read, reviews that visitors reported, questions and answers to read."""
    with connection.cursor() as cursor:
        cursor.execute(SQL)
        return Waiting(*cursor.fetchone())
