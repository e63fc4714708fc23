"""Collections as visitors meet them: read once for each state of the catalogue."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Exists, OuterRef

from catalog import memo, revision
from catalog.models import Collection, CollectionMember, Listing
from catalog.words import Words, say, words_of


@dataclass(frozen=True, slots=True)
class _Known:
    pk: int
    slug: str
    name: Words
    description: Words
    image: str
    is_featured: bool
    starts_at: datetime | None
    ends_at: datetime | None

    def is_shown(self, now: datetime) -> bool:
        return (self.starts_at is None or self.starts_at <= now) and (self.ends_at is None or self.ends_at > now)


@dataclass(frozen=True, slots=True)
class CollectionLink:
    """A collection in the words of one reader; `description` is HTML that was cleaned when it was saved."""

    pk: int
    slug: str
    name: str
    description: str
    image: str


def shown(language: str, now: datetime, state: str | None = None, featured: bool = False) -> list[CollectionLink]:
    """Those that visitors may see at that moment and that have something in them, in the merchant's order."""
    state = revision.current() if state is None else state
    return [
        _link(known, language)
        for known in _known(state).values()
        if known.is_shown(now) and (known.is_featured or not featured)
    ]


def exist(state: str) -> bool:
    """Whether there is any, now or at another time."""
    return bool(_known(state))


def of_product(product_id: int, language: str, now: datetime, state: str) -> list[CollectionLink]:
    """Those that this product stands in. No query in a shop without collections, else one for each state."""
    known = _known(state)
    if not known:
        return []
    standing = memo.remember(("stands-in", state, product_id), lambda: _standing(product_id), lambda _: 1)
    return [_link(known[pk], language) for pk in known if pk in standing and known[pk].is_shown(now)]


def at_the_head(collection: Collection, state: str) -> tuple[int, ...]:
    """What the merchant put first, in his order."""
    picked = collection.members.filter(kind=CollectionMember.Kind.HAND).order_by("position", "pk")
    return memo.remember(
        ("head", state, collection.pk),
        lambda: tuple(picked.values_list("product_id", flat=True)),
        lambda ids: len(ids) + 1,
    )


def _known(state: str) -> dict[int, _Known]:
    return memo.remember(("collections", state), _read, lambda found: 1 + 10 * len(found))


def _read() -> dict[int, _Known]:
    """Public ones with a listed product in them."""
    there = CollectionMember.objects.exclude(kind=CollectionMember.Kind.OUT)
    there = there.filter(collection=OuterRef("pk"), product__in=Listing.objects.values("product_id"))
    rows = Collection.objects.filter(Exists(there), is_public=True)
    return {
        row.pk: _Known(
            pk=row.pk,
            slug=row.slug,
            name=words_of(row, "name"),
            description=words_of(row, "description"),
            image=row.image.url if row.image else "",
            is_featured=row.is_featured,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
        )
        for row in rows
    }


def _standing(product_id: int) -> frozenset[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT collection_id FROM catalog_collectionmember WHERE product_id = %s AND kind <> 'out'", [product_id]
        )
        return frozenset(pk for (pk,) in cursor.fetchall())


def _link(known: _Known, language: str) -> CollectionLink:
    return CollectionLink(
        known.pk, known.slug, say(known.name, language), say(known.description, language), known.image
    )
