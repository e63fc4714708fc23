"""Addresses that things once had: whoever follows an old one is led to where the thing is now, for ever.

An address belongs to the thing that has it today. An old one stays with the thing that left it: nothing new takes it
by itself (`taken`), and a person who asks for it is told what it leads to. `left` is called wherever a slug changes.
"""

from collections.abc import Iterable

from django.db.models import Model

from catalog.among import among
from catalog.models import OldAddress


def kind_of(thing: Model | type[Model]) -> str:
    """product, category, brand: the name of its address in the shop."""
    return thing._meta.model_name


def left(thing: Model, old_slug: str) -> None:
    """The thing had that address until now. Writing it twice changes nothing; one it took back is no old one."""
    left_many([(thing, old_slug)])


def left_many(moves: Iterable[tuple[Model, str]]) -> None:
    """The same for several things; inside the caller's transaction."""
    moves = [(thing, slug) for thing, slug in moves if slug and slug != thing.slug]
    rows = [OldAddress(kind=kind_of(thing), slug=slug, target_id=thing.pk) for thing, slug in moves]
    OldAddress.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["kind", "slug"], update_fields=["target_id"]
    )
    for thing, _slug in moves:
        OldAddress.objects.filter(kind=kind_of(thing), slug=thing.slug).delete()


def pass_on(thing: Model, heir: Model) -> None:
    """The thing goes and another takes its place: its address and all it once had lead there from now on."""
    OldAddress.objects.filter(kind=kind_of(thing), target_id=thing.pk).update(target_id=heir.pk)
    left(heir, thing.slug)


def target(kind: type[Model], slug: str) -> Model | None:
    """What once had this address, or None. One query, two when there was one: for a page that was not found."""
    pk = OldAddress.objects.filter(kind=kind_of(kind), slug=slug).values_list("target_id", flat=True).first()
    return None if pk is None else kind.objects.filter(pk=pk).first()


def held_by_another(kind: type[Model], slug: str, pk: int | None) -> Model | None:
    """The other thing that this old address still leads to, or None: it would be cut off."""
    found = target(kind, slug)
    return None if found is None or found.pk == pk else found


def taken(kind: type[Model], slugs: Iterable[str]) -> set[str]:
    """Those of these slugs that lead to something because it once had them."""
    rows = OldAddress.objects.filter(kind=kind_of(kind), slug__in=among(set(slugs)))
    return set(rows.values_list("slug", flat=True))
