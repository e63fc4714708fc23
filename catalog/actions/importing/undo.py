"""Undoing an import: what nobody changed since is put back; what somebody did is left and told."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from catalog.actions import addresses, listing, pictures, stock_levels
from catalog.actions.importing import alts, journal, listed, tags
from catalog.actions.importing.report import ARCHIVED, LEFT, REMOVED, RESTORED, Row, Sums
from catalog.models import AttributeValue, Fact, ListPrice, Picture, Product, Tag, Variant
from catalog.words import languages

BATCH = 100
Tell = Callable[[Row], None]
#: Which of these products must be kept, for the books of the floors above.
Keeps = Callable[[list[int]], Iterable[int]]


def undo(path: Path, tell: Tell, keeps: Keeps, told: dict[str, str], progress: Callable[[int], None]) -> Sums:
    """Undo what the journal at that path says, the last first; `told` is the document and the actor for the ledger."""
    sums, lines, lists = Sums(), journal.backwards(path), listed.lists()
    while batch := list(islice(lines, BATCH)):
        with transaction.atomic():
            kept = set(keeps([line["product"] for line in batch if "product" in line]))
            rows = [_undone(line, kept, lists, told) for line in batch]
            listing.refresh([line["product"] for line in batch if "product" in line])
        for row in filter(None, rows):
            tell(sums.add(row))
        sums.lines += len(batch)
        progress(sums.lines)
    return sums


def _undone(line: dict, kept: set[int], lists: dict[str, int], told: dict[str, str]) -> Row | None:
    if "picture" in line:
        if picture := Picture.objects.filter(pk=line["picture"]).first():
            pictures.remove(picture)
        return None
    row = Row(line["line"], RESTORED, line["key"], line["name"])
    product = Product.objects.select_for_update().filter(pk=line["product"]).first()
    if product is None:
        row.verdict, row.details = LEFT, [_("It is not here any more.")]
    elif line.get("new"):
        _take_away(product, line, row, kept)
    else:
        _put_back(product, line, row, lists, told)
    return row


def _take_away(product: Product, line: dict, row: Row, kept: set[int]) -> None:
    """What the import made goes, unless it was sold or somebody worked on it: then it is archived."""
    if product.import_key != line["import_key"]:
        row.verdict, row.details = LEFT, [_("It is not here any more.")]
        return
    is_touched = line["updated"] != product.updated_at.isoformat()
    if product.pk not in kept and not is_touched:
        try:
            with transaction.atomic():
                for picture in product.pictures.all():
                    pictures.remove(picture)
                product.delete()
            row.verdict = REMOVED
            return
        except ProtectedError:
            pass
    Product.objects.filter(pk=product.pk).update(status=Product.Status.ARCHIVED, updated_at=timezone.now())
    row.verdict = ARCHIVED
    row.details = [_("It was changed since.") if is_touched else _("It was ordered, or is part of something.")]


def _put_back(product: Product, line: dict, row: Row, lists: dict[str, int], told: dict[str, str]) -> None:
    slug = product.slug
    if names := _restore(product, line["fields"], row):
        _save_words(product, names)
        addresses.left(product, slug)
    variants = {variant.pk: variant for variant in product.variants.select_for_update()}
    for pk, changes in line["variants"].items():
        if (variant := variants.get(int(pk))) and (names := _restore(variant, changes, row)):
            variant.save(update_fields=names)
    _put_back_stock(line, row, told)
    _put_back_prices(line, row, lists)
    _put_back_facts(product, line, row)
    _put_back_alts(line, row)
    for pk in line["made"]:
        # A new form of something old: no longer for sale, because it may lie in carts and orders.
        Variant.objects.filter(pk=pk, product=product).update(is_active=False)
        row.details.append(_("A variant that came with the import is no longer for sale."))
    if row.details and not _did_anything(line, row):
        row.verdict = LEFT


def _save_words(product: Product, names: list[str]) -> None:
    """With the untranslated column of each translated one beside it, as everything that writes words does."""
    suffix = f"_{languages()[0]}"
    with translation.override(languages()[0]):
        for name in [name for name in names if name.endswith(suffix)]:
            setattr(product, name.removesuffix(suffix), getattr(product, name))
            names.append(name.removesuffix(suffix))
        product.save(update_fields=[*names, "updated_at"])


def _did_anything(line: dict, row: Row) -> bool:
    touched = len(line["fields"]) + sum(map(len, line["variants"].values())) + len(line["levels"]) + len(line["prices"])
    touched += len(line["typed"]) + len(line["made"]) + bool(line["values"]) + bool(line["tags"])
    touched += sum(map(len, line.get("alts", {}).values()))
    return len(row.details) < touched


def _restore(thing: Product | Variant, changes: dict[str, list], row: Row) -> list[str]:
    """Set what is still as the import left it; returns the names of the columns."""
    names = []
    for name, (before, after) in changes.items():
        column = thing._meta.get_field(name.removesuffix("_id"))
        now = getattr(thing, column.attname)
        if (now.isoformat() if isinstance(now, datetime) else now) != after:
            row.details.append(_("%(field)s was changed since and stays.") % {"field": column.verbose_name})
            continue
        value = datetime.fromisoformat(before) if isinstance(now, datetime) and before else before
        setattr(thing, column.attname, value)
        names.append(column.name)
    return names


def _put_back_stock(line: dict, row: Row, told: dict[str, str]) -> None:
    if not line["levels"]:
        return
    now = stock_levels.on_hand({variant for variant, *_rest in line["levels"]})
    levels = line["levels"]
    wanted = {(pk, place): before for pk, place, before, after in levels if now.get((pk, place)) == after}
    kept = stock_levels.set_levels(wanted, **told)
    for _place in range(len(line["levels"]) - len(wanted) + len(kept)):
        row.details.append(_("Stock has moved since and stays."))


def _put_back_prices(line: dict, row: Row, lists: dict[str, int]) -> None:
    wanted = {}
    for variant, currency, before, after in line["prices"]:
        now = ListPrice.objects.filter(variant=variant, price_list=lists.get(currency), from_quantity=1).first()
        if currency in lists and (now.price if now else 0) == after:
            wanted[variant, currency] = before
        else:
            row.details.append(_("%(field)s was changed since and stays.") % {"field": currency})
    if wanted:
        listed.write(wanted, lists)


def _put_back_facts(product: Product, line: dict, row: Row) -> None:
    if line["values"]:
        before, after = line["values"]
        now = product.attributes.values_list("attribute__code", "code")
        if sorted(map(list, now)) == after:
            known = {
                (value.attribute.code, value.code): value
                for value in AttributeValue.objects.filter(
                    attribute__code__in=[code for code, _value in before]
                ).select_related("attribute")
            }
            product.attributes.set([known[tuple(name)] for name in before if tuple(name) in known])
        else:
            row.details.append(_("Attributes were changed since and stay."))
    if line["tags"]:
        before, after = line["tags"]
        if sorted(product.tags.values_list("pk", flat=True)) == after:
            tags.write({product.pk: list(Tag.objects.filter(pk__in=before))})
        else:
            row.details.append(_("Tags were changed since and stay."))
    for attribute, _kind, before, after in line["typed"]:
        fact = Fact.objects.filter(product=product, attribute=attribute).first()
        if fact is None or any(_text(getattr(fact, name)) != value for name, value in after.items()):
            row.details.append(_("A fact was changed since and stays."))
        elif before is None:
            fact.delete()
        else:
            for name, value in before.items():
                setattr(fact, name, _value(name, value))
            fact.save()


def _put_back_alts(line: dict, row: Row) -> None:
    for _other in range(alts.put_back(line.get("alts", {}))):
        row.details.append(_("The words of a picture were changed since and stay."))


def _text(value: object) -> object:
    if isinstance(value, Decimal | date):
        return str(value)
    return value


def _value(name: str, value):
    if value is None or name not in ("number", "day"):
        return value
    return Decimal(value) if name == "number" else date.fromisoformat(value)
