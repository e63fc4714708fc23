"""What a fact says in lists, in search and in the address of a narrowed list, in every language. No database here."""

from django.utils.translation import gettext, override

from catalog.listings.sources import Source
from catalog.measures import plain, say_date, say_number
from catalog.models import Attribute, AttributeValue, FacetValue, Fact
from catalog.words import Words, languages, say, words_of

Kind = Attribute.Kind


def words_of_fact(fact: Fact) -> Words:
    """`40 cm`, `Yes`, the text itself; nothing for files and for other products."""
    match fact.kind:
        case Kind.TEXT:
            return words_of(fact, "text")
        case Kind.NUMBER:
            own = words_of(fact.attribute, "own_unit")
            unit = fact.attribute.unit
            return {code: say_number(fact.number, code, unit, say(own, code)) for code in languages()}
        case Kind.YES_NO:
            return {code: _yes(fact.yes, code) for code in languages()}
        case Kind.DATE:
            return {code: say_date(fact.day, code) for code in languages()}
    return {}


def _yes(is_so: bool, language: str) -> str:
    with override(language):
        return gettext("Yes") if is_so else gettext("No")


def is_facet(fact: Fact) -> bool:
    return fact.attribute.is_filter and fact.kind in Attribute.FILTERS


def value_of_fact(fact: Fact) -> str:
    """How an address says it: `40`, `2.5`, `yes`."""
    return plain(fact.number) if fact.kind == Kind.NUMBER else "yes" if fact.yes else "no"


def facet_of_fact(fact: Fact, facet: str, first_position: int) -> FacetValue:
    """The value that lists are narrowed to, unsaved; numbers in the order of their size, yes before no."""
    return FacetValue(
        facet=facet,
        value=value_of_fact(fact),
        facet_label=words_of(fact.attribute, "name"),
        label=words_of_fact(fact),
        facet_position=fact.attribute.position + first_position,
        position=0 if fact.kind == Kind.NUMBER or fact.yes else 1,
        number=fact.number,
    )


def card_facts(source: Source) -> list[Words]:
    """The few facts that a card shows, in the order of their attributes. Of yes and no, the yes by its name."""
    said: list[tuple[int, int, Words]] = []
    for value in source.attributes:
        if value.attribute.on_card:
            said.append((*_place(value), words_of(value, "value")))
    for fact in source.facts:
        if fact.attribute.on_card and fact.yes is not False:
            words = words_of(fact.attribute, "name") if fact.yes else words_of_fact(fact)
            said.append((*_place(fact), words))
    return [words for _position, _key, words in sorted(said, key=lambda row: row[:2])]


def _place(thing: AttributeValue | Fact) -> tuple[int, int]:
    return thing.attribute.position, thing.attribute_id


def searched(fact: Fact, language: str) -> str:
    """What search finds it by. A yes is found by what it is about, a no by nothing."""
    if fact.kind == Kind.YES_NO:
        return say(words_of(fact.attribute, "name"), language) if fact.yes else ""
    return say(words_of_fact(fact), language)
