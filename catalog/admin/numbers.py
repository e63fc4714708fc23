"""Article numbers in the searches of the office: an index finds what begins with one; names need not be read."""

from django.db import connection
from django.db.models import Q

from catalog.models import Variant

# A shorter word, or one without a figure, is looked for everywhere.
SHORTEST = 4
MOST = 1000
_LAST = "\U0010ffff"


def numbered(word: str) -> list[int]:
    """The keys of variants whose SKU or barcode begins with this; empty when it is no such number."""
    if len(word) < SHORTEST or not any(sign.isdigit() for sign in word):
        return []
    asked = Q()
    for written in {word, word.upper(), word.lower()}:
        asked |= _begins("sku", written) | _begins("barcode", written)
    return list(Variant.objects.filter(asked).order_by().values_list("pk", flat=True)[:MOST])


def _begins(column: str, text: str) -> Q:
    if connection.vendor == "sqlite":
        # Its LIKE does not ask the index.
        return Q(**{f"{column}__gte": text, f"{column}__lt": text + _LAST})
    return Q(**{f"{column}__startswith": text})


class NumbersFirst:
    """For an admin class of things that have a variant: a word that begins a number leads to what bears it alone."""

    #: The way from a row to its variant.
    variant_of_row = "variant"

    def get_search_results(self, request, queryset, search_term):
        words = search_term.replace("\0", " ").split()
        found = {word: numbered(word) for word in words[:10]}
        for keys in filter(None, found.values()):
            queryset = queryset.filter(**{f"{self.variant_of_row}__in": keys})
        rest = " ".join(word for word in words if not found.get(word))
        return super().get_search_results(request, queryset, rest)
