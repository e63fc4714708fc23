"""Keeping a search server in step: rows as a queue, sent after the commit, and again until they are taken."""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from catalog.models import SearchDocument
from catalog.models.search_change import SearchChange
from catalog.search import outside
from catalog.search.documents import LANGUAGES_AT_MOST
from catalog.words import languages

log = logging.getLogger(__name__)
BATCH, REINDEX_BATCH = 500, 2000
PATIENCE = 30.0
REINDEXING = 0
# A run that died must not hold the changes back for ever.
REINDEX_AT_MOST = timedelta(hours=1)
FIELDS = ("title", "facts", "body")
MAPPING = {
    "settings": {"number_of_shards": 1, "refresh_interval": "1s"},
    "mappings": {
        "dynamic": False,
        "properties": {
            # The words come analysed; the server only parts them.
            **{name: {"type": "text", "analyzer": "whitespace", "norms": name != "title"} for name in FIELDS},
            "product": {"type": "long"},
            "language": {"type": "keyword"},
        },
    },
}


class Unreachable(Exception):
    """The search server did not do what it was asked; nothing is lost."""


def queue(product_ids: Iterable[int]) -> None:
    """Remember, in the transaction of the change, that the server is to be told of these products."""
    if outside.is_used() and (ids := sorted(set(product_ids))):
        SearchChange.objects.bulk_create([SearchChange(product_id=pk) for pk in ids], batch_size=BATCH)
        transaction.on_commit(_ring, robust=True)


def _ring() -> None:
    from catalog.tasks import send_to_search

    send_to_search.apply_async(retry=False)


def send() -> int:
    """Tell the server everything that waits; returns how many products. Raises Unreachable; safe to run twice."""
    sent = 0
    while outside.is_used() and not _is_reindexing():
        rows = list(SearchChange.objects.exclude(product_id=REINDEXING).order_by("pk")[:BATCH])
        if not rows:
            break
        products = {row.product_id for row in rows}
        _bulk(settings.SEARCH_INDEX, _lines_of(products), require_alias="true", refresh="true")
        # By key: what changed again meanwhile has a row of its own.
        SearchChange.objects.filter(pk__in=[row.pk for row in rows]).delete()
        sent += len(products)
    return sent


def _is_reindexing() -> bool:
    since = timezone.now() - REINDEX_AT_MOST
    return SearchChange.objects.filter(product_id=REINDEXING, created_at__gt=since).exists()


def _lines_of(products: set[int]) -> list[dict]:
    documents = {row.pk: row for row in SearchDocument.objects.filter(product__in=products)}
    keys = {pk * LANGUAGES_AT_MOST + place for pk in products for place in range(len(languages()))}
    lines = [line for row in documents.values() for line in _document(row)]
    return lines + [{"delete": {"_id": str(key)}} for key in sorted(keys - documents.keys())]


def _document(row: SearchDocument) -> tuple[dict, dict]:
    told = {name: getattr(row, name) for name in FIELDS}
    return {"index": {"_id": str(row.pk)}}, {**told, "product": row.product_id, "language": row.language}


def reindex(say: Callable[[int, int], None] = lambda done, of: None) -> int:
    """Build the index anew beside the old one, then put it in its place; returns how many documents it has.

    Changes of the goods wait meanwhile and are sent afterwards. Raises Unreachable; the old index then stays.
    """
    SearchChange.objects.filter(product_id=REINDEXING).delete()
    SearchChange.objects.create(product_id=REINDEXING)
    name = f"{settings.SEARCH_INDEX}-{uuid4().hex[:12]}"
    try:
        _do(lambda server: server.indices.create(index=name, body=MAPPING))
        number = _fill(name, say)
        _do(lambda server: server.indices.refresh(index=name))
        _put_in_place(name)
    finally:
        SearchChange.objects.filter(product_id=REINDEXING).delete()
    outside.listen_again()
    send()
    return number


def _fill(name: str, say: Callable[[int, int], None]) -> int:
    of, done, last = SearchDocument.objects.count(), 0, 0
    while rows := list(SearchDocument.objects.filter(pk__gt=last).order_by("pk")[:REINDEX_BATCH]):
        _bulk(name, [line for row in rows for line in _document(row)])
        done, last = done + len(rows), rows[-1].pk
        say(done, of)
    return done


def _put_in_place(name: str) -> None:
    alias = settings.SEARCH_INDEX
    before = [one for one in _do(lambda server: server.indices.get(index=f"{alias}-*")) if one != name]
    add = {"add": {"index": name, "alias": alias}}
    _do(lambda server: server.indices.update_aliases(body={"actions": [add, *_removals(before)]}))


def _removals(names: list[str]) -> list[dict]:
    return [{"remove_index": {"index": name}} for name in names]


def _bulk(index: str, lines: list[dict], **params: str) -> None:
    answer = _do(lambda server: server.bulk(index=index, body=lines, params=params))
    # Deleting what is not there is no fault.
    faults = [one for row in answer["items"] for one in row.values() if one.get("status", 500) >= 300]
    if faults := [one for one in faults if one.get("status") != 404 or "error" in one]:
        raise Unreachable(str(faults[0])[:300])


def _do(work: Callable):
    from opensearchpy.exceptions import OpenSearchException

    try:
        return work(outside.client(settings.SEARCH_URL, PATIENCE))
    except (OpenSearchException, OSError) as fault:
        raise Unreachable(str(fault)[:300]) from fault
