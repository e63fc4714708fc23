"""Search documents: made from the goods, compared with what is stored, written where they differ."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from html import unescape

from catalog import bulk
from catalog.among import among
from catalog.listings.facts import searched
from catalog.listings.sources import Source
from catalog.models import Category, SearchDocument, SearchWord
from catalog.search.analysis import LONGEST_WORD, stem, tokens_of, words
from catalog.words import Words, languages, say, words_of

# A product's key times this, plus the place of the language, is the key of its document.
LANGUAGES_AT_MOST = 16
COLUMNS = ["id", "product_id", "language", "title", "facts", "body", "words"]
Row = tuple[int, int, str, str, str, str, str]
# A description says what a thing is in its first lines; the rest would only make every word find everything.
LONGEST_DESCRIPTION = 2000
LONGEST_LABEL = 60
_tag = re.compile(r"<[^>]*>")

# Written below the ORM: there is a document for each product in each language, and an import writes them all.
_OR_CHANGE = """ON CONFLICT (id) DO UPDATE SET language = excluded.language, title = excluded.title,
  facts = excluded.facts, body = excluded.body, words = excluded.words"""
_OR_ADD = "ON CONFLICT (language, word) DO UPDATE SET frequency = catalog_searchword.frequency + excluded.frequency"


def write(ids: Iterable[int], sources: list[Source]) -> set[int]:
    """Write the documents of these products; return the products whose documents changed."""
    stored = {row[0]: row for row in SearchDocument.objects.filter(product__in=among(ids)).values_list(*COLUMNS)}
    names = _category_names(sources)
    wanted = {row[0]: row for source in sources for row in documents_of(source, names)}
    # By their keys: SQLite's index is written out whenever a key is not above the one before.
    changed = [row for pk, row in sorted(wanted.items()) if row != stored.get(pk)]
    dropped = [row for pk, row in stored.items() if pk not in wanted]
    bulk.write("catalog_searchdocument", COLUMNS, changed, _OR_CHANGE)
    if dropped:
        SearchDocument.objects.filter(pk__in=[row[0] for row in dropped]).delete()
    _count_words(changed, dropped + [stored[row[0]] for row in changed if row[0] in stored])
    return {row[1] for row in (*changed, *dropped)}


def documents_of(source: Source, names: dict[str, Words]) -> list[Row]:
    """One document per language, as COLUMNS. `names` are those of the categories by path."""
    texts = [_Text(words) for words in _texts(source, names)]
    said: dict[tuple, str] = {}
    found = []
    for place, language in enumerate(languages()):
        parts = tuple([text.words(language) for text in texts])
        whole = said.get(parts) or said.setdefault(parts, _words_to_count(parts))
        tokens = (" ".join(dict.fromkeys(tokens_of(part, language))) for part in parts)
        found.append((source.product.pk * LANGUAGES_AT_MOST + place, source.product.pk, language, *tokens, whole))
    return found


class _Text:
    """Things that are said. Languages in which none has words of its own say what the first one says, split once."""

    def __init__(self, said: list[Words]) -> None:
        self._said = said
        self._spoken = {language for words in said for language in words}
        self._known: dict[str, tuple[str, ...]] = {}
        self._long: dict[str, dict[str, None]] = {}

    def words(self, language: str) -> tuple[str, ...]:
        """All that is said in that language, each word once."""
        language = language if language in self._spoken else languages()[0]
        if language not in self._known:
            self._known[language] = self._split(language)
        return self._known[language]

    def _split(self, language: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for one in self._said:
            said = say(one, language)
            if len(said) <= LONGEST_LABEL:
                found.update(_split_label(said))
            else:
                found.update(self._long.get(said) or self._long.setdefault(said, _split(said)))
        return tuple(found)


def _split(text: str) -> dict[str, None]:
    return dict.fromkeys(words(text))


# Categories, brands, colours and the like come by again and again.
_split_label = lru_cache(maxsize=20_000)(_split)


def _words_to_count(parts: Iterable[tuple[str, ...]]) -> str:
    return " ".join(sorted({word for part in parts for word in part if len(word) > 2 and word.isalpha()}))


def _texts(source: Source, names: dict[str, Words]) -> tuple[list[Words], list[Words], list[Words]]:
    """Title, facts and body, each in every language."""
    product, path, first = source.product, source.product.category.path, languages()[0]
    steps = range(Category.steplen, len(path) + 1, Category.steplen)
    facts = [{first: product.brand.name}] if product.brand else []
    facts += [names[path[:end]] for end in steps if path[:end] in names]
    facts += [words_of(value, "value") for value in (*source.options, *source.attributes)]
    facts += [{language: searched(fact, language) for language in languages()} for fact in source.facts]
    body = [words_of(product, "summary")]
    description = words_of(product, "description")
    body += [{language: _text(text[:LONGEST_DESCRIPTION]) for language, text in description.items()}]
    title = [words_of(product, "name"), *({first: variant.sku} for variant in source.variants)]
    return title, facts, body


def _text(html: str) -> str:
    """Only for words to be found, never to be shown. A tag parts words: they must not grow together."""
    return unescape(_tag.sub(" ", html))


def _category_names(sources: list[Source]) -> dict[str, Words]:
    paths = {source.product.category.path for source in sources}
    step = Category.steplen
    ancestors = {path[:end] for path in paths for end in range(step, len(path) + 1, step)}
    return {row.path: words_of(row, "name") for row in Category.objects.filter(path__in=ancestors)}


def _count_words(added: Iterable[Row], dropped: Iterable[Row]) -> None:
    """Add what new documents say to the vocabulary, and take away what is said no more."""
    change: dict[str, Counter[str]] = defaultdict(Counter)
    for row in added:
        change[row[2]].update(row[-1].split())
    for row in dropped:
        change[row[2]].subtract(row[-1].split())
    # In order, so that two writers queue instead of blocking each other.
    rows = [
        (language, word, stem(word, language)[:LONGEST_WORD], number)
        for language, numbers in sorted(change.items())
        for word, number in sorted(numbers.items())
        if number
    ]
    bulk.write("catalog_searchword", ["language", "word", "stem", "frequency"], rows, _OR_ADD)
    if said_less := [word for _, word, _, number in rows if number < 0]:
        SearchWord.objects.filter(word__in=said_less, frequency__lte=0).delete()
