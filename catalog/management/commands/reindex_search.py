"""`manage.py reindex_search`: build the index of the search server anew (docs/catalogue.md)."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from catalog.actions import search_index


class Command(BaseCommand):
    help = "Builds the index of the search server (SEARCH_URL) anew and puts it in place of the old one."

    def handle(self, *args, **options) -> None:
        if not settings.SEARCH_URL:
            raise CommandError("SEARCH_URL is not set: the main database searches, and its index keeps itself.")
        try:
            number = search_index.reindex(self._say)
        except search_index.Unreachable as fault:
            raise CommandError(f"The search server did not do it; the old index stays. {fault}") from None
        self.stdout.write(f"{number} documents are in the new index.")

    def _say(self, done: int, of: int) -> None:
        self.stdout.write(f"{done} of {of}")
