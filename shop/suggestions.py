"""What stands below the search field while somebody types: eight rows at most, of several kinds."""

from dataclasses import dataclass
from time import monotonic

from django.http import HttpRequest
from django.utils import timezone

from catalog import memo
from catalog.queries import searches
from catalog.search import suggest
from catalog.search.analysis import fold
from shop import frame, recent
from shop.searching import pages_for

AT_MOST = 8
OWN_AT_MOST, POPULAR_AT_MOST = 2, 2
# Others' searches are asked for anew after so many seconds.
FRESH_FOR = 600


@dataclass(frozen=True, slots=True)
class Rows:
    """Pages of text, searches (this visitor's, then those of others), categories, products: in this order."""

    answers: tuple = ()
    own: tuple[str, ...] = ()
    popular: tuple[str, ...] = ()
    categories: tuple = ()
    products: tuple = ()

    @property
    def total(self) -> int:
        return sum(map(len, (self.answers, self.own, self.popular, self.categories, self.products)))


def typed(request: HttpRequest, words: str, language: str) -> Rows:
    """For words that are being typed; three queries at most."""
    found = suggest(words, language, frame.state_of(request))
    answers = tuple(pages_for(words)[:1])
    own = tuple(recent.searches_like(request, words)[:OWN_AT_MOST])
    start = " ".join(fold(words).split())
    others = (other for other in popular(language) if other.startswith(start) and other != start)
    known = {fold(mine) for mine in own}
    popular_ones = tuple([other for other in others if other not in known][:POPULAR_AT_MOST])
    room = AT_MOST - len(answers) - len(own) - len(popular_ones) - len(found.categories)
    return Rows(answers, own, popular_ones, tuple(found.categories), tuple(found.products[:room]))


def untyped(request: HttpRequest, language: str) -> Rows:
    """Before anything is typed: what this visitor searched for, then what others did."""
    own = tuple(recent.searches_of(request))
    known = {fold(mine) for mine in own}
    others = [other for other in popular(language) if other not in known]
    return Rows(own=own, popular=tuple(others[: AT_MOST - len(own)]))


def popular(language: str) -> list[str]:
    """Searches that several people had in common; one query in ten minutes."""
    slot = int(monotonic() / FRESH_FOR)
    return memo.remember(("popular", language, slot), lambda: searches.popular(timezone.localdate(), language))
