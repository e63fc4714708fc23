"""`manage.py import_products`: take goods over from a CSV file (docs/importing.md)."""

import csv
from contextlib import ExitStack
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from catalog.actions import importing
from catalog.actions.importing import mapping, report


class Command(BaseCommand):
    help = "Takes goods over from a CSV file: Shopify's product export, or any other with a mapping of its columns."
    SHOWN = 20

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path, help="CSV, may be packed with gzip")
        parser.add_argument("--mapping", type=Path, help="JSON or TOML file that names the columns of a plain CSV")
        parser.add_argument("--pictures", type=Path, help="folder with the pictures, found by the names of their files")
        parser.add_argument("--no-fetch", action="store_true", help="fetch no pictures from addresses")
        parser.add_argument("--category", default="", help="address of the category below which new things are put")
        parser.add_argument("--keep-stock", action="store_true", help="leave the stock of goods that are there alone")
        parser.add_argument("--preview", action="store_true", help="only say what would happen")
        parser.add_argument("--report", type=Path, help="write what happened to each row into this CSV file")

    def handle(self, *args, **options) -> None:
        self.shown = 0
        try:
            with ExitStack() as stack:
                self._open_report(options["report"], stack)
                self._import(options)
        except importing.Unreadable as fault:
            raise CommandError(str(fault)) from None
        except OSError as fault:
            raise CommandError(f"{fault.filename}: {fault.strerror}") from None

    def _import(self, told: dict) -> None:
        if told["pictures"] and not told["pictures"].is_dir():
            raise CommandError(f"{told['pictures']} is not a folder.")
        options = importing.Options(
            mapping=mapping.read(told["mapping"]) if told["mapping"] else None,
            category=told["category"],
            pictures=told["pictures"],
            keep_stock=told["keep_stock"],
            fetch=not told["no_fetch"],
            document=told["file"].name,
            actor="import_products",
        )
        act = importing.preview if told["preview"] else importing.run
        sums = act(told["file"], options, self._tell, self._progress if told["verbosity"] > 1 else None)
        if self.shown > self.SHOWN:
            self.stdout.write(f"  … and {self.shown - self.SHOWN} more; --report FILE lists them all.")
        for note in sums.notes:
            self.stdout.write(note)
        self.stdout.write(str(sums))

    def _open_report(self, path: Path | None, stack: ExitStack) -> None:
        self.table = None
        if path:
            # With a mark, so that spreadsheets know that it is UTF-8.
            self.table = csv.writer(stack.enter_context(path.open("w", encoding="utf-8-sig", newline="")))
            self.table.writerow(report.COLUMNS)

    def _tell(self, row: report.Row) -> None:
        if self.table:
            self.table.writerow(report.cells_of(row))
        if row.verdict in (report.WRONG, report.WARNING):
            self.shown += 1
            if self.shown <= self.SHOWN:
                self.stdout.write(f"  line {row.line}: {report.label(row.verdict)}: {' · '.join(row.details)}")

    def _progress(self, lines: int) -> None:
        self.stdout.write(f"  {lines} rows …")
