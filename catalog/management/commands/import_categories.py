"""Add a tree of categories from a CSV or JSON file of paths."""

from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from catalog.actions import category_import


class Command(BaseCommand):
    help = "Add the categories that a file names and the shop does not have; nothing is moved or renamed."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only tell what would happen")

    def handle(self, *args, file: Path, dry_run: bool, **options) -> None:
        try:
            rows = category_import.run(file, dry_run)
        except category_import.Unreadable as fault:
            raise CommandError(str(fault)) from None
        for row in rows:
            if row.note:
                self.stdout.write(f"{row.number}: {row.words}: {row.note}")
        counts = Counter(row.verdict for row in rows)
        self.stdout.write(", ".join(f"{number} {verdict}" for verdict, number in sorted(counts.items())) or "no rows")
