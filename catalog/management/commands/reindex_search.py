"""`manage.py reindex_search`: write what lists and search read anew (docs/catalogue.md)."""

from collections.abc import Callable

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from catalog.actions import listing, search_index


class Command(BaseCommand):
    help = (
        "Writes lists, facets and search documents of all products anew where they are out of step; with SEARCH_URL "
        "also the index of the search server, and puts it in place of the old one."
    )

    def handle(self, *args, **options) -> None:
        mended = listing.reindex(self._say("products"))
        self.stdout.write(f"{mended} products were out of step.")
        if settings.SEARCH_URL:
            self._tell_the_server()

    def _tell_the_server(self) -> None:
        try:
            number = search_index.reindex(self._say("documents"))
        except search_index.Unreachable as fault:
            raise CommandError(f"The search server did not do it; the old index stays. {fault}") from None
        self.stdout.write(f"{number} documents are in the new index.")

    def _say(self, things: str) -> Callable[[int, int], None]:
        return lambda done, of: self.stdout.write(f"{done} of {of} {things}") if done % 10_000 == 0 else None
