"""Facts that are no choice among values, as files write them: numbers, yes or no, dates, texts, other products."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from catalog.actions.importing import amounts, texts
from catalog.actions.importing.faults import Wrong
from catalog.models import Attribute, Fact, Product
from catalog.models.fact import DECIMALS, DIGITS
from catalog.words import Words, languages

Kind = Attribute.Kind
LARGEST = Decimal(10) ** (DIGITS - DECIMALS)


@dataclass(frozen=True, slots=True)
class Told:
    """What a file says of one attribute: the columns of the fact."""

    attribute_id: int
    kind: str
    columns: dict[str, object]

    def is_said_by(self, fact: Fact | None) -> bool:
        return fact is not None and all(getattr(fact, name) == value for name, value in self.columns.items())


def told(attribute_id: int, kind: str, text: str, decimal: str = ".", others: Words | None = None) -> Told | None:
    """The fact that the text says, `others` in further languages; None when nothing can be held. Raises Wrong.

    No table can hold a file.
    """
    if kind == Kind.TEXT:
        words = {languages()[0]: text} | (others or {})
        columns = {_text_column(code): texts.cut(said, 500) for code, said in words.items() if said}
        return Told(attribute_id, kind, columns) if columns else None
    if kind == Kind.FILE or not text:
        return None
    return Told(attribute_id, kind, _columns(kind, text, decimal))


def _text_column(language: str) -> str:
    return f"text_{language.replace('-', '_')}"


def _columns(kind: str, text: str, decimal: str) -> dict[str, object]:
    if kind == Kind.NUMBER:
        number = round(amounts.number(text, decimal), DECIMALS)
        if abs(number) >= LARGEST:
            raise Wrong(_("“%(text)s” is not a number.") % {"text": text[:40]})
        return {"number": number}
    if kind == Kind.YES_NO:
        answer = amounts.truth(text)
        if answer is None:
            raise Wrong(_("“%(text)s” is neither yes nor no.") % {"text": text[:40]})
        return {"yes": answer}
    if kind == Kind.DATE:
        try:
            return {"day": date.fromisoformat(text[:10])}
        except ValueError:
            raise Wrong(_("“%(text)s” is no date; write 2026-11-22.") % {"text": text[:40]}) from None
    pk = Product.objects.filter(slug=text).values_list("pk", flat=True).first()
    if pk is None:
        raise Wrong(_("There is no product at the address “%(text)s”.") % {"text": text[:80]})
    return {"reference_id": pk}


def write(wanted: Iterable[tuple[int, Told]]) -> None:
    """Say these facts of products, by (product, fact)."""
    pairs = list(wanted)
    if not pairs:
        return
    rows = Fact.objects.filter(product__in={pk for pk, _told in pairs})
    known = {(row.product_id, row.attribute_id): row for row in rows}
    new, changed = [], []
    for pk, what in pairs:
        row = known.get((pk, what.attribute_id))
        target = changed if row else new
        row = row or Fact(product_id=pk, attribute_id=what.attribute_id, kind=what.kind)
        for name, value in what.columns.items():
            setattr(row, name, value)
        if (first := _text_column(languages()[0])) in what.columns:
            row.text = what.columns[first]
        target.append(row)
    Fact.objects.bulk_create(new, batch_size=500)
    words = [_text_column(language) for language in languages()]
    Fact.objects.bulk_update(changed, ["number", "yes", "day", "reference", "text", *words], batch_size=200)
