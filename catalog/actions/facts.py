"""Saying something of a product, in the column that fits the kind of its attribute."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Protocol

from django.db import transaction

from catalog import attachments
from catalog.actions import files, listing
from catalog.models import Attribute, Fact, Product
from catalog.models.fact import DECIMALS, DIGITS
from catalog.words import Words, languages

Kind = Attribute.Kind
LARGEST = Decimal(10) ** (DIGITS - DECIMALS)
LONGEST = Fact._meta.get_field("text").max_length


class Upload(Protocol):
    name: str
    size: int


Answer = Words | Decimal | bool | date | Product | Upload | None


class NotAnAnswer(ValueError):
    """The attribute cannot be answered so: another kind, too large a number, a text without the first language."""


@transaction.atomic
def tell(product: Product, answers: Mapping[Attribute, Answer]) -> None:
    """Say each of these of the product; None takes it back. All or none; lists and search follow.

    Text is words by language, a number a Decimal, a file an upload. What is chosen among values (`is_chosen`) lies in
    `product.attributes` instead. Raises NotAnAnswer, and attachments.NotTaken for a file.
    """
    before = {fact.attribute_id: fact for fact in product.facts.select_for_update()}
    for attribute, answer in answers.items():
        _tell(product, attribute, answer, before.get(attribute.pk))
    listing.refresh([product.pk])


def _tell(product: Product, attribute: Attribute, answer: Answer, fact: Fact | None) -> None:
    old = fact.path if fact else ""
    if answer is None:
        if fact:
            fact.delete()
    else:
        fact = fact or Fact(product=product, attribute=attribute, kind=attribute.kind)
        for column, value in _columns(product, attribute, answer).items():
            setattr(fact, column, value)
        fact.save()
    if old and (answer is None or fact.path != old):
        transaction.on_commit(lambda: files.drop(old), robust=True)


def _columns(product: Product, attribute: Attribute, answer: Answer) -> dict:
    match attribute.kind:
        case Kind.TEXT if isinstance(answer, Mapping):
            return _words(answer)
        case Kind.NUMBER if isinstance(answer, Decimal) and answer.is_finite():
            number = round(answer, DECIMALS)
            if abs(number) < LARGEST:
                return {"number": number}
        case Kind.YES_NO if isinstance(answer, bool):
            return {"yes": answer}
        case Kind.DATE if isinstance(answer, date):
            return {"day": answer}
        case Kind.REFERENCE if isinstance(answer, Product) and answer.pk != product.pk:
            return {"reference": answer}
        case Kind.FILE if hasattr(answer, "size") and hasattr(answer, "name"):
            attachments.check(answer.name, answer.size, answer)
            return {"path": files.keep(product, answer.name, answer), "size": answer.size}
    raise NotAnAnswer(attribute.code, answer)


def _words(words: Words) -> dict[str, str]:
    said = {language: (words.get(language) or "").strip()[:LONGEST] for language in languages()}
    if not said[languages()[0]]:
        raise NotAnAnswer("first language")
    return {f"text_{language.replace('-', '_')}": text for language, text in said.items()}
