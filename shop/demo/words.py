"""What customers of the demonstration shop call its goods."""

from catalog.models import Synonym
from shop.demo.data import load


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
