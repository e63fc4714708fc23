"""A search server of the OpenSearch kind (OpenSearch 1 to 3, Elasticsearch 7), when the deployment has one.

It gets the same analysed words as the main database, so that both answer alike. It is never waited for: when it is
slow or silent, the main database answers for a while.
"""

import logging
from functools import lru_cache
from time import monotonic

from django.conf import settings
from django.db.models import Max

from catalog.models.search_change import SearchChange
from catalog.search.documents import LANGUAGES_AT_MOST
from catalog.search.query import Query, Term

log = logging.getLogger(__name__)
TIMEOUT, SILENT_FOR = 1.0, 15.0
# The most that such a server hands out at once; longer answers are asked for in parts.
PART = 10_000
WEIGHTS = {"title": 10, "facts": 3, "body": 1}
_silent_until = 0.0


def is_used() -> bool:
    return bool(settings.SEARCH_URL)


def lag() -> str:
    """Empty when the server knows everything (or there is none); else a text that changes as it catches up."""
    if not is_used():
        return ""
    return str(SearchChange.objects.aggregate(last=Max("pk"))["last"] or "")


@lru_cache(maxsize=4)
def client(url: str, timeout: float = TIMEOUT):
    """A connection; the library belongs to the production lock and is loaded only where it is needed."""
    from opensearchpy import OpenSearch

    return OpenSearch(url, timeout=timeout, max_retries=0, retry_on_timeout=False)


def ask(query: Query, limit: int | None) -> list[int] | None:
    """Products that match, best first, or the newest few; None when the server does not answer."""
    global _silent_until
    if monotonic() < _silent_until:
        return None
    try:
        return _ask(query, limit)
    except _faults() as fault:
        _silent_until = monotonic() + SILENT_FOR
        log.warning("The search server is silent, the main database answers: %s", fault)
        return None


def listen_again() -> None:
    """Ask the server at the next search, whatever happened."""
    global _silent_until
    _silent_until = 0.0


def _faults() -> tuple[type[Exception], ...]:
    from opensearchpy.exceptions import OpenSearchException

    return OpenSearchException, OSError, KeyError, ValueError


def _ask(query: Query, limit: int | None) -> list[int]:
    order = [{"product": "desc"}] if limit else [{"_score": "desc"}, {"product": "desc"}]
    body = {"query": body_of(query), "size": limit or PART, "_source": False, "sort": order}
    found: list[int] = []
    while True:
        hits = client(settings.SEARCH_URL).search(index=settings.SEARCH_INDEX, body=body)["hits"]["hits"]
        found += [int(hit["_id"]) // LANGUAGES_AT_MOST for hit in hits]
        if limit or len(hits) < PART:
            return found
        body["search_after"] = hits[-1]["sort"]


def body_of(query: Query) -> dict:
    """The query in the words of such a server."""
    fields = {"title": WEIGHTS["title"]} if query.in_title else WEIGHTS
    groups = [_any([_all([_term(term, fields) for term in phrase]) for phrase in group]) for group in query.groups]
    return _all(groups) if query.every else _any(groups)


def _all(parts: list[dict]) -> dict:
    return parts[0] if len(parts) == 1 else {"bool": {"must": parts}}


def _any(parts: list[dict]) -> dict:
    return parts[0] if len(parts) == 1 else {"bool": {"should": parts, "minimum_should_match": 1}}


def _term(term: Term, fields: dict[str, int]) -> dict:
    kind = "prefix" if term.is_beginning else "term"
    return _any([{kind: {name: {"value": term.token, "boost": boost}}} for name, boost in fields.items()])
