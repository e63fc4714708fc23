"""Keeping what lists and search read in step with the goods.

Every action that changes a product, its variants, pictures or words calls `refresh`; stock tells us by announcement.
Nothing is written that has not changed, so refreshing too much costs only reading.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Subquery

from catalog import bulk, events, revision
from catalog.actions import collections, market_listing, pricing, search_index
from catalog.among import among
from catalog.listings.rows import Thing, facet_value_of, listing_of, name_of, things_of
from catalog.listings.sources import Source, load
from catalog.models import FacetValue, Listing, ListingValue, Product, Variant
from catalog.queries.stock import can_be_had
from catalog.search import documents
from catalog.seldom import seldom_collecting

BATCH = 500
COLUMNS = [field.attname for field in Listing._meta.concrete_fields if not field.primary_key]
Name = tuple[str, str]
LABELS = ["facet_label", "label", "swatch", "facet_position", "position", "number"]


def refresh(product_ids: Iterable[int], now: datetime | None = None, cause: pricing.Cause | None = None) -> int:
    """Rewrite effective prices, listing rows, facet values and search documents of these products.

    Returns how many products were out of step. Those that are gone, or that visitors may not see, leave the lists.
    `cause` is for the price history. One short transaction per 500 products.
    """
    ids = sorted(set(product_ids))
    return sum(_refresh(ids[start : start + BATCH], now, cause) for start in range(0, len(ids), BATCH))


def refresh_all() -> int:
    """The same for every product; returns how many rows were out of step."""
    known = Listing.objects.values_list("pk", flat=True)
    return refresh([*Product.objects.values_list("pk", flat=True), *known])


@seldom_collecting()
def reindex(say: Callable[[int, int], None] = lambda done, of: None) -> int:
    """Write listing rows, facet values and search documents of all products anew where they differ from the goods.

    Prices and collections are taken as they stand: each has a nightly check of its own. Returns how many products were
    out of step; `say(done, of)` is told after each step. Safe to stop and to run again while the shop sells.
    """
    known = {*Product.objects.values_list("pk", flat=True), *Listing.objects.values_list("pk", flat=True)}
    ids, out_of_step = sorted(known), 0
    for start in range(0, len(ids), BATCH):
        out_of_step += _reindex(ids[start : start + BATCH])
        say(min(start + BATCH, len(ids)), len(ids))
    return out_of_step


@transaction.atomic
def _reindex(ids: list[int]) -> int:
    _take_turns(ids)
    return _tell_all(ids, _index(ids, load(ids, None), None))


@transaction.atomic
def _refresh(ids: list[int], now: datetime | None, cause: pricing.Cause | None) -> int:
    # Before the products are locked: whoever sets a price holds the variant first.
    pricing.refresh(Variant.objects.filter(product__in=among(ids)).values_list("pk", flat=True), now, cause)
    _take_turns(ids)
    sources = load(ids, now)
    return _tell_all(ids, _index(ids, sources, now) | collections.judge(ids, sources, now))


def _index(ids: list[int], sources: list[Source], now: datetime | None) -> set[int]:
    """Products whose listing rows, facet values or documents had to be written."""
    return (
        _write_listings(ids, sources)
        | market_listing.write(ids, sources, now)
        | _write_values(ids, sources)
        | documents.write(ids, sources)
    )


def _tell_all(ids: list[int], changed: set[int]) -> int:
    # A product that was deleted took its rows along, but not what others have worked out from them.
    gone = set(ids) - set(Product.objects.filter(pk__in=among(ids)).values_list("pk", flat=True))
    if changed or gone:
        revision.renew()
        search_index.queue(changed | gone)
        _tell(sorted(changed | gone))
    return len(changed)


def _take_turns(ids: Iterable[int]) -> None:
    """Wait until nobody else is writing the rows of these products, so that what we read next is not outdated.

    SQLite's transactions take turns by themselves.
    """
    if connection.features.has_select_for_update:
        list(Product.objects.select_for_update(no_key=True).filter(pk__in=among(ids)).order_by("pk").values_list("pk"))


def _tell(product_ids: list[int]) -> None:
    transaction.on_commit(lambda: events.product_changed.send_robust(sender=None, product_ids=product_ids), robust=True)


def _write_listings(ids: list[int], sources: list[Source]) -> set[int]:
    before = {row[0]: row[1:] for row in Listing.objects.filter(pk__in=among(ids)).values_list("pk", *COLUMNS)}
    rows = [listing_of(source) for source in sources]
    new = [row for row in rows if row.pk not in before]
    known = [
        row for row in rows if row.pk in before and before[row.pk] != tuple(getattr(row, name) for name in COLUMNS)
    ]
    # Whoever writes holds the products: what is not there does not come meanwhile.
    bulk.insert(Listing, [vars(row) for row in new])
    Listing.objects.bulk_create(known, update_conflicts=True, unique_fields=["product"], update_fields=COLUMNS)
    unlisted = before.keys() - {row.pk for row in rows}
    if unlisted:
        Listing.objects.filter(pk__in=unlisted).delete()
    return unlisted | {row.pk for row in (*new, *known)}


def _write_values(ids: list[int], sources: list[Source]) -> set[int]:
    things: dict[Name, Thing] = {}
    # Goods share most of them; a fact is its product's own.
    names: dict[int, Name] = {}
    wanted: dict[int, set[Name]] = {}
    for source in sources:
        own = wanted[source.product.pk] = set()
        for thing in things_of(source):
            if (name := names.get(id(thing))) is None:
                name = names[id(thing)] = name_of(thing)
                things.setdefault(name, thing)
            own.add(name)
    keys = _keys_of({name: facet_value_of(thing) for name, thing in things.items()})
    now = {(product, keys[name].pk) for product, names in wanted.items() for name in names}
    before = set(ListingValue.objects.filter(listing__in=among(ids)).values_list("listing_id", "value_id"))
    if dropped := {product for product, _ in before - now}:
        ListingValue.objects.filter(listing__in=dropped).delete()
        before = {pair for pair in before if pair[0] not in dropped}
    added = sorted(now - before)
    bulk.write("catalog_listingvalue", ["listing_id", "value_id"], added, "ON CONFLICT DO NOTHING")
    return dropped | {product for product, _ in added}


def _keys_of(values: dict[Name, FacetValue]) -> dict[Name, FacetValue]:
    """The stored row of each value, with its words as they are today."""
    stored = _stored(values)
    stale = [
        value
        for name, value in sorted(values.items())
        if name not in stored or any(getattr(stored[name], part) != getattr(value, part) for part in LABELS)
    ]
    if not stale:
        return stored
    FacetValue.objects.bulk_create(stale, update_conflicts=True, unique_fields=["facet", "value"], update_fields=LABELS)
    revision.renew()
    return _stored(values)


def _stored(names: Iterable[Name]) -> dict[Name, FacetValue]:
    facets = {facet for facet, _ in names}
    rows = FacetValue.objects.filter(facet__in=facets, value__in=among({value for _, value in names}))
    return {(row.facet, row.value): row for row in rows}


@transaction.atomic
def refresh_availability(product_ids: Iterable[int]) -> int:
    """Rewrite only whether these products are in stock; returns how many became so or ceased to be."""
    _take_turns(product_ids)
    rows = Listing.objects.filter(pk__in=product_ids)
    sellable = Variant.objects.filter(can_be_had(), product=OuterRef("pk"), is_active=True)
    stale = list(rows.exclude(in_stock=Exists(sellable)).values_list("pk", flat=True))
    if stale:
        Listing.objects.filter(pk__in=stale).update(in_stock=Exists(sellable))
        collections.judge_again(stale, "stock")
    market_listing.copy_availability(product_ids)
    return _count_and_tell(len(stale))


@transaction.atomic
def refresh_popularity() -> int:
    """Copy `Product.popularity` to the lists; returns how many rows changed. For whoever has just counted it anew.

    Collections of the most wanted follow with the clock, see `collections.keep`.
    """
    counted = Product.objects.filter(pk=OuterRef("pk")).values("popularity")[:1]
    stale = Listing.objects.exclude(popularity=F("product__popularity"))
    return _count_and_tell(stale.update(popularity=Subquery(counted)))


def _count_and_tell(changed: int) -> int:
    if changed:
        revision.renew()
    return changed
