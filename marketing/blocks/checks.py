"""What is wrong with a letter before anybody gets it: faults that stop it, and hints that do not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html.parser import HTMLParser

from django.conf import settings
from django.utils.translation import gettext as _

from customers.letters import Letter
from marketing.blocks.content import Content, said
from marketing.blocks.fields import Field, Words, moment_of

# Gmail cuts a letter off behind 102 KB of HTML (observed by senders for years; Google does not state it).
CLIPPED_AT = 102_000
# What most phones show of a subject.
SUBJECT_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """`where` is the id of a block, or "head"; `field` and `language` as far as it is about one."""

    sentence: str
    stops: bool = True
    where: str = ""
    field: str = ""
    language: str = ""


def findings_of(content: Content, now: datetime) -> list[Finding]:
    """All that can be said without writing the letter, in the order of the letter."""
    found = [*_of_values("head", content.head, content.fields)]
    if not content.blocks and not content.short:
        found.append(Finding(_("The letter is empty: add a block.")))
    for block in content.blocks:
        found += _of_values(block.id, block.values, block.kind.fields)
        until = moment_of(str(block.values.get("until", "")))
        if until and until <= now:
            found.append(Finding(_("This moment is over: the block is left out."), False, block.id, "until"))
    found += _untranslated(content)
    return found


def stops(content: Content, now: datetime) -> list[Finding]:
    return [finding for finding in findings_of(content, now) if finding.stops]


def findings_of_letter(letter: Letter) -> list[Finding]:
    """What only shows once it is written, for one reader and language."""
    language, found = letter.language, []
    size = len(letter.html.encode())
    if size > CLIPPED_AT:
        sentence = _("The letter has %(size)d KB; Gmail cuts off what comes after 102.") % {"size": size // 1000}
        found.append(Finding(sentence, False, language=language))
    if len(letter.subject) > SUBJECT_SHOWN:
        sentence = _("The subject has %(number)d letters; a phone shows about 60.") % {"number": len(letter.subject)}
        found.append(Finding(sentence, False, "head", "subject", language))
    shouting = letter.subject.isupper() and len(letter.subject) > 8
    if shouting or letter.subject.count("!") > 1:
        found.append(Finding(_("A subject that shouts is taken for spam."), False, "head", "subject", language))
    parts = _Parts()
    parts.feed(letter.html)
    if parts.empty_links:
        found.append(Finding(_("A link has no words and no picture."), False, language=language))
    return found


def _of_values(where: str, values: dict, fields: tuple[Field, ...]) -> Iterator[Finding]:
    for field in fields:
        if not isinstance(field, Words):
            if fault := field.fault(said(values.get(field.name), field, "")):
                yield Finding(fault, True, where, field.name)
            continue
        for language, _name in settings.LANGUAGES:
            text = said(values.get(field.name), field, language)
            if (text or language == settings.LANGUAGE_CODE) and (fault := field.fault(text)):
                yield Finding(fault, True, where, field.name, language)


def _untranslated(content: Content) -> Iterator[Finding]:
    parts = [(content.head, content.fields), *((block.values, block.kind.fields) for block in content.blocks)]
    words = [values.get(field.name) or {} for values, fields in parts for field in fields if isinstance(field, Words)]
    for language, name in settings.LANGUAGES:
        missing = sum(1 for texts in words if texts.get(settings.LANGUAGE_CODE) and not texts.get(language))
        if missing:
            sentence = _("%(language)s: %(number)d texts are missing; the English ones stand in.")
            yield Finding(sentence % {"language": name, "number": missing}, False, language=language)


class _Parts(HTMLParser):
    """Looks for links that nobody can name."""

    def __init__(self) -> None:
        super().__init__()
        self.empty_links = 0
        self._said: str | None = None

    def handle_starttag(self, tag, attrs) -> None:
        if tag == "a":
            self._said = ""
        elif tag == "img" and self._said is not None:
            self._said += dict(attrs).get("alt") or ""

    def handle_data(self, data) -> None:
        if self._said is not None:
            self._said += data.strip()

    def handle_endtag(self, tag) -> None:
        if tag == "a":
            self.empty_links += self._said == ""
            self._said = None
