"""The engines behind search: each takes words as the index has them and gives product ids.

The main database answers, or a search server when there is one; when that is silent, the main database again.

Words hold letters and digits only, and are quoted all the same.
"""

from collections.abc import Callable, Sequence

from django.db import connection

from catalog.search import outside
from catalog.search.analysis import marked, query_words, token
from catalog.search.documents import LANGUAGES_AT_MOST
from catalog.search.query import Query, Term
from catalog.words import languages

__all__ = ["Query", "Term", "ranked", "some"]


def ranked(query: Query) -> list[int]:
    """Every product that matches, best first."""
    return _run(query, None)


def some(query: Query, limit: int) -> list[int]:
    """A few products that match, the newest, without weighing the others: for while somebody types."""
    return _run(query, limit)


def newest_in_title(typed: str, most: int) -> list[int]:
    """Products that have words in their titles, in any language, that begin as each of these; the newest ones.

    Always of the main database. For the office, which does not ask how well they fit.
    """
    words = query_words(typed)
    alternatives = (tuple(each for language in languages() for each in beginning(word, language)) for word in words)
    if not words:
        return []
    sql, params = _asked(Query(tuple(alternatives), in_title=True), most * len(languages()))
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(dict.fromkeys(key // LANGUAGES_AT_MOST for (key,) in cursor.fetchall()))[:most]


def beginning(word: str, language: str) -> tuple[tuple[Term, ...], ...]:
    """A word that may be unfinished: what begins so, or what has the same stem."""
    return (Term(marked(word, language), is_beginning=True),), (Term(token(word, language)),)


def _run(query: Query, limit: int | None) -> list[int]:
    if not query.groups:
        return []
    if outside.is_used() and (found := outside.ask(query, limit)) is not None:
        return found
    sql, params = _asked(query, limit)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [key // LANGUAGES_AT_MOST for (key,) in cursor.fetchall()]


def _asked(query: Query, limit: int | None) -> tuple[str, Sequence]:
    return (_postgresql if connection.vendor == "postgresql" else _sqlite)(query, limit)


def _put_together(query: Query, say: Callable[[Term], str], both: str, either: str) -> str:
    groups = (
        either.join(f"({both.join(say(term) for term in alternative)})" for alternative in group)
        for group in query.groups
    )
    return (both if query.every else either).join(f"({group})" for group in groups)


def _sqlite(query: Query, limit: int | None) -> tuple[str, Sequence]:
    match = _put_together(query, lambda term: f'"{term.token}"{"*" if term.is_beginning else ""}', " AND ", " OR ")
    match = f"title : ({match})" if query.in_title else match
    select = "SELECT rowid FROM catalog_searchindex WHERE catalog_searchindex MATCH %s ORDER BY "
    if limit is None:
        # A word of the title weighs ten of the text, a fact three. The better match has the smaller number.
        return select + "bm25(catalog_searchindex, 10.0, 3.0, 1.0)", [match]
    # In the order of the index itself, so that it can stop after a few.
    return select + "rowid DESC LIMIT %s", [match, limit]


def _postgresql(query: Query, limit: int | None) -> tuple[str, Sequence]:
    def marks(term: Term) -> str:
        flags = ("*" if term.is_beginning else "") + ("A" if query.in_title else "")
        return f"'{term.token}'" + (f":{flags}" if flags else "")

    match = _put_together(query, marks, " & ", " | ")
    select = "SELECT id FROM catalog_searchdocument, to_tsquery('simple', %s) asked WHERE vector @@ asked ORDER BY "
    if limit is None:
        return select + "ts_rank(vector, asked) DESC, id DESC", [match]
    return select + "id DESC LIMIT %s", [match, limit]
