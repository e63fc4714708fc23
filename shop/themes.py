"""Collections in the shop window."""

from typing import NamedTuple

from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import get_language

from catalog import memo
from catalog.listings.cards import CardPicture
from catalog.models import Collection
from catalog.queries import collections, lists
from catalog.queries.lists.rows import cards_of, cards_of_page
from shop import frame

# So many themes are shown on the home page, each with so many pictures of its goods.
ON_THE_HOME_PAGE, PICTURES = 4, 3
WORDS = 160


class Theme(NamedTuple):
    """A collection as the home page and the list of collections show it; `image` is the merchant's own picture."""

    slug: str
    name: str
    words: str
    image: str
    pictures: list[CardPicture]


def themes(request: HttpRequest, featured: bool = True) -> list[Theme]:
    """What is shown now, the first of them on the home page. Kept as long as the goods stay the same."""
    state, language = frame.state_of(request), get_language()
    links = collections.shown(language, timezone.now(), state, featured)
    links = links[:ON_THE_HOME_PAGE] if featured else links
    key = ("themes", state, language, tuple(link.pk for link in links))
    return memo.remember(key, lambda: [_theme(link, language, state) for link in links], lambda found: 20 * len(found))


def _theme(link: collections.CollectionLink, language: str, state: str) -> Theme:
    words = Truncator(" ".join(strip_tags(link.description).split())).chars(WORDS)
    pictures = [] if link.image else _pictures(link, language, state)
    return Theme(link.slug, link.name, words, link.image, pictures)


def _pictures(link: collections.CollectionLink, language: str, state: str) -> list[CardPicture]:
    collection = Collection.objects.filter(pk=link.pk).first()
    if collection is None:
        return []
    head = collections.at_the_head(collection, state)
    where = lists.in_collection(collection).condition()
    cards = [*cards_of(head[:PICTURES], language), *cards_of_page(where, collection.sort, 0, PICTURES, language)]
    found = {card.product_id: card.picture for card in cards if card.picture}
    return list(found.values())[:PICTURES]
