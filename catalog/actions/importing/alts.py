"""The words of pictures that are here already: a file may say them anew, in every language."""

from collections.abc import Iterable, Sequence
from urllib.parse import unquote

from django.conf import settings

from catalog.actions.importing import report
from catalog.actions.importing.goods import Shot
from catalog.actions.importing.plan import Plan
from catalog.actions.importing.texts import cut, plain
from catalog.among import among
from catalog.models import Picture
from catalog.words import languages

LONGEST = Picture._meta.get_field("alt").max_length


def look(plans: Iterable[Plan]) -> None:
    """Note in the plans which words change; one query, none when the file says no words of pictures."""
    told = [plan for plan in plans if plan.stored and any(shot.alt or shot.alts for shot in plan.goods.shots)]
    if not told:
        return
    pictures: dict[int, list[dict]] = {}
    rows = Picture.objects.rewrite(False).filter(product__in=among([plan.stored.product.pk for plan in told]))
    for picture in rows.values("pk", "product_id", "source", "image", *map(_column, languages())):
        pictures.setdefault(picture["product_id"], []).append(picture)
    for plan in told:
        for shot in plan.goods.shots:
            if picture := _known(pictures.get(plan.stored.product.pk, ()), shot.source):
                _compare(plan, shot, picture)


def _column(language: str) -> str:
    return f"alt_{language.replace('-', '_')}"


def _known(pictures: Sequence[dict], source: str) -> dict | None:
    """The one that was taken from there, or whose address it is."""
    name = source.removeprefix(settings.SITE_URL).removeprefix(settings.MEDIA_URL)
    ours = unquote(name) if name != source else None
    return next((row for row in pictures if row["source"] == source[:500] or row["image"] == ours), None)


def _compare(plan: Plan, shot: Shot, picture: dict) -> None:
    for language, words in ({languages()[0]: shot.alt} | shot.alts).items():
        column = _column(language)
        before, after = picture[column] or "", words[:LONGEST]
        # Between the words of two pictures stands a bar, so an export has a stroke for it.
        if not after or plain(before.replace("|", "/")) == after:
            continue
        plan.alts.setdefault(picture["pk"], {})[column] = [before, after]
        label = str(Picture._meta.get_field(column).verbose_name)
        plan.row.changes.append((label, cut(before or "–", 120), cut(after, 120)))
        if plan.row.verdict == report.SAME:
            plan.row.verdict = report.CHANGED


def write(plans: Iterable[Plan]) -> None:
    """Do what was noted."""
    for plan in plans:
        for pk, told in plan.alts.items():
            _put(pk, {column: after for column, (_before, after) in told.items()})


def put_back(told: dict[str, dict[str, list[str]]]) -> int:
    """Undo it where the words are still those of the file; returns how many are not and stay."""
    rows = {
        row["pk"]: row
        for row in Picture.objects.rewrite(False).filter(pk__in=list(told)).values("pk", *map(_column, languages()))
    }
    others = 0
    for pk, changes in told.items():
        row = rows.get(int(pk), {})
        same = {column: before for column, (before, after) in changes.items() if row.get(column) == after}
        others += len(changes) - len(same)
        _put(int(pk), same)
    return others


def _put(pk: int, words: dict[str, str]) -> None:
    """With the untranslated column beside that of the first language."""
    first = _column(languages()[0])
    also = {"alt": words[first]} if first in words else {}
    if words:
        Picture.objects.rewrite(False).filter(pk=pk).update(**words, **also)
