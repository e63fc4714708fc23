"""What customers of the demonstration shop call its goods, and what they searched for lately."""

from datetime import datetime, timedelta
from random import Random

from catalog.actions import searches
from catalog.models import Synonym
from catalog.search import find
from catalog.search.find import Match
from shop.demo.data import load

DAYS = 45


def teach_synonyms() -> None:
    """The merchant's synonyms, in each language."""
    words = load("synonyms")
    equal = [(language, row, "") for language, rows in words["equal"].items() for row in rows]
    one_way = [(language, *row) for language, rows in words["one-way"].items() for row in rows]
    Synonym.objects.bulk_create(
        Synonym(
            language=language,
            words=said,
            also=also,
            kind=Synonym.Kind.ONE_WAY if also else Synonym.Kind.EQUAL,
        )
        for language, said, also in (*equal, *one_way)
    )


def leave_searches(now: datetime) -> None:
    """Six weeks of searches, the first words the commonest; some find nothing. After the lists are made."""
    chance = Random(46)  # noqa: S311 - invented searches, no secret
    found, chosen = [], []
    for language, typed in load("searches").items():
        for place, words in enumerate(typed):
            answer = find(words, language)
            for ago in sorted(chance.sample(range(DAYS), max(3, DAYS // (place + 2)))):
                times = chance.randint(1, max(2, 9 - place))
                day = str((now - timedelta(days=ago)).date())
                found.append([day, language, words, times, len(answer.ids), answer.match == Match.ALL])
                if answer.ids and chance.random() < 0.7:
                    chosen.append([day, language, words, answer.ids[chance.randint(0, 1) % len(answer.ids)], 1])
    searches.write(found, chosen)
