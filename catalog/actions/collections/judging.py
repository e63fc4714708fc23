"""Products changed: which collections they join or leave. Only these products are looked at."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils import timezone

from catalog import bulk, rules
from catalog.actions.collections import selling
from catalog.actions.collections.surroundings import Ruled, around, paths_for, ruled
from catalog.listings.rows import figures_of
from catalog.listings.sources import Source, load
from catalog.models import CollectionMember

Pair = tuple[int, int]
Kind = CollectionMember.Kind
COLUMNS = ["collection_id", "product_id", "kind", "position"]


def judge(product_ids: Sequence[int], sources: Sequence[Source], now: datetime | None = None) -> set[int]:
    """Bring the memberships by rule of these products in step; return the products that joined or left something.

    `sources` are those of them that visitors may find. Three queries at most, however many collections there are;
    inside the transaction of the caller, who holds these products.
    """
    return judge_by(ruled(), product_ids, sources, now or timezone.now())


def judge_again(product_ids: Sequence[int], *fields: str, now: datetime | None = None) -> set[int]:
    """The same for products of which only this is known to have changed; rules about other things are left alone."""
    found = [each for each in ruled() if each.mentions(*fields)]
    return judge_by(found, product_ids, load(product_ids), now or timezone.now()) if found else set()


def judge_by(found: list[Ruled], product_ids: Sequence[int], sources: Sequence[Source], now: datetime) -> set[int]:
    if not found:
        return set()
    wanted = _wanted(found, sources, now)
    rows = CollectionMember.objects.filter(product__in=product_ids, collection__in=[each.pk for each in found])
    kept = {(collection, product): (pk, kind) for pk, collection, product, kind in rows.values_list(
        "pk", "collection_id", "product_id", "kind"
    )}  # fmt: skip
    dropped = {pair: pk for pair, (pk, kind) in kept.items() if kind == Kind.RULE and pair not in wanted}
    joined = wanted - kept.keys()
    if dropped:
        CollectionMember.objects.filter(pk__in=dropped.values()).delete()
    rows = [(collection, product, Kind.RULE.value, 0) for collection, product in sorted(joined)]
    bulk.write("catalog_collectionmember", COLUMNS, rows, "ON CONFLICT DO NOTHING")
    selling.tell((*dropped, *joined))
    return {product for _, product in (*dropped, *joined)}


def _wanted(found: list[Ruled], sources: Iterable[Source], now: datetime) -> set[Pair]:
    paths = paths_for(found)
    judges = [(each.pk, each.rule, around(each, paths, now)) for each in found]
    facts = [rules.facts_of(source, figures_of(source)) for source in sources]
    return {(pk, known.product_id) for known in facts for pk, rule, beside in judges if rules.fits(rule, known, beside)}
