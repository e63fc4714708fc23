"""Search documents: made from the goods, compared with what is stored, written where they differ."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache
from html import unescape

from django.db import connection

from catalog.listings.facts import searched
from catalog.listings.sources import Source
from catalog.models import Category, SearchDocument, SearchWord
from catalog.search.analysis import LONGEST_WORD, stem, tokens_of, words
from catalog.words import Words, languages, say, words_of

# A product's key times this, plus the place of the language, is the key of its document.
LANGUAGES_AT_MOST = 16
COLUMNS = ["language", "title", "facts", "body", "words"]
# A description says what a thing is in its first lines; the rest would only make every word find everything.
LONGEST_DESCRIPTION = 2000
_tag = re.compile(r"<[^>]*>")

# Below the ORM: there is a document for each product in each language, and an import writes them all.
_WRITE = """
INSERT INTO catalog_searchdocument (id, product_id, language, title, facts, body, words)
VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (id) DO UPDATE SET language = excluded.language, title = excluded.title, facts = excluded.facts,
  body = excluded.body, words = excluded.words
"""
_ADD_WORD = """
INSERT INTO catalog_searchword (language, word, stem, frequency) VALUES (%s, %s, %s, %s)
ON CONFLICT (language, word) DO UPDATE SET frequency = catalog_searchword.frequency + excluded.frequency
"""


def write(ids: Iterable[int], sources: list[Source]) -> set[int]:
    """Write the documents of these products; return the products whose documents changed."""
    stored = {document.pk: document for document in SearchDocument.objects.filter(product__in=ids)}
    names = _category_names(sources)
    wanted = {document.pk: document for source in sources for document in documents_of(source, names)}
    changed = [document for pk, document in wanted.items() if _row(document) != _row(stored.get(pk))]
    dropped = [document for pk, document in stored.items() if pk not in wanted]
    with connection.cursor() as cursor:
        cursor.executemany(_WRITE, [(row.pk, row.product_id, *_row(row)) for row in changed])
    SearchDocument.objects.filter(pk__in=[document.pk for document in dropped]).delete()
    before = dropped + [stored[document.pk] for document in changed if document.pk in stored]
    _count_words(changed, before)
    return {document.product_id for document in (*changed, *dropped)}


def _row(document: SearchDocument | None) -> tuple | None:
    return document and tuple(getattr(document, name) for name in COLUMNS)


def documents_of(source: Source, names: dict[str, Words]) -> list[SearchDocument]:
    """One document per language, unsaved. `names` are those of the categories by path."""
    # A shop that speaks one language says the same in all: then the words are found once.
    split = lru_cache(words)
    return [_document(source, names, place, language, split) for place, language in enumerate(languages())]


def _document(
    source: Source, names: dict[str, Words], place: int, language: str, split: Callable[[str], list[str]]
) -> SearchDocument:
    title, facts, body = (list(dict.fromkeys(split(text))) for text in _texts(source, names, language))
    return SearchDocument(
        pk=source.product.pk * LANGUAGES_AT_MOST + place,
        product_id=source.product.pk,
        language=language,
        title=_tokens(title, language),
        facts=_tokens(facts, language),
        body=_tokens(body, language),
        words=" ".join(sorted({word for word in (*title, *facts, *body) if len(word) > 2 and word.isalpha()})),
    )


def _tokens(folded: list[str], language: str) -> str:
    return " ".join(dict.fromkeys(tokens_of(folded, language)))


def _texts(source: Source, names: dict[str, Words], language: str) -> tuple[str, str, str]:
    product, path = source.product, source.product.category.path
    steps = range(Category.steplen, len(path) + 1, Category.steplen)
    facts = [product.brand.name if product.brand else ""]
    facts += [say(names[path[:end]], language) for end in steps if path[:end] in names]
    facts += [say(words_of(value, "value"), language) for value in (*source.options, *source.attributes)]
    facts += [searched(fact, language) for fact in source.facts]
    body = [say(words_of(product, "summary"), language)]
    body += [_text(say(words_of(product, "description"), language)[:LONGEST_DESCRIPTION])]
    title = [say(words_of(product, "name"), language), *(variant.sku for variant in source.variants)]
    return " ".join(title), " ".join(facts), " ".join(body)


def _text(html: str) -> str:
    """Only for words to be found, never to be shown. A tag parts words: they must not grow together."""
    return unescape(_tag.sub(" ", html))


def _category_names(sources: list[Source]) -> dict[str, Words]:
    paths = {source.product.category.path for source in sources}
    step = Category.steplen
    ancestors = {path[:end] for path in paths for end in range(step, len(path) + 1, step)}
    return {row.path: words_of(row, "name") for row in Category.objects.filter(path__in=ancestors)}


def _count_words(added: Iterable[SearchDocument], dropped: Iterable[SearchDocument]) -> None:
    """Add what new documents say to the vocabulary, and take away what is said no more."""
    change: Counter[tuple[str, str]] = Counter()
    for documents, number in ((added, 1), (dropped, -1)):
        for document in documents:
            for word in document.words.split():
                change[document.language, word] += number
    # In order, so that two writers queue instead of blocking each other.
    rows = [
        (language, word, stem(word, language)[:LONGEST_WORD], number)
        for (language, word), number in sorted(change.items())
        if number
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_ADD_WORD, rows)
    if said_less := [word for _, word, _, number in rows if number < 0]:
        SearchWord.objects.filter(word__in=said_less, frequency__lte=0).delete()
