"""Take over orders, or looks, of another system from a CSV file, packed by gzip or not."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.text import slugify

from marketing.actions import history_import as history


class Command(BaseCommand):
    help = (
        "Take over what people bought (or looked at) in another system. Say which column is which, such as: "
        "import_history orders.csv --source old --map order=InvoiceNo person=Email at=Date total=Sum. "
        f"Of orders: {', '.join(history.ORDER_COLUMNS)}; with --looks: {', '.join(history.LOOK_COLUMNS)}."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", required=True, help="A short name of the other system; kept with each row.")
        parser.add_argument("--map", nargs="+", required=True, metavar="WHAT=COLUMN")
        parser.add_argument("--currency", default=settings.SHOP_CURRENCY, help="Where the file names none.")
        parser.add_argument("--looks", action="store_true", help="The file tells of looks, not of orders.")
        parser.add_argument("--at", help="The day of looks without a time, such as 2015-05-01.")

    def handle(self, file: Path, source: str, currency: str, looks: bool, **options) -> None:
        columns = self._columns(options["map"], history.LOOK_COLUMNS if looks else history.ORDER_COLUMNS)
        source = slugify(source)[:20]
        if not source or source == "shop":
            raise CommandError("The source needs a name of its own.")
        day = parse_date(options["at"] or "")
        moment = timezone.make_aware(timezone.datetime(day.year, day.month, day.day)) if day else timezone.now()
        try:
            with history.opened(file) as rows:
                if looks:
                    report = history.take_looks(rows, columns, source, moment)
                else:
                    report = history.take_orders(rows, columns, source, currency)
        except (OSError, history.Unreadable) as error:
            raise CommandError(str(error)) from error
        self._tell(report)

    def _columns(self, pairs: list[str], known: tuple[str, ...]) -> dict[str, str]:
        columns = dict(pair.partition("=")[::2] for pair in pairs)
        if strange := sorted(set(columns) - set(known)):
            raise CommandError(f"Not known: {', '.join(strange)}. Known: {', '.join(known)}.")
        return columns

    def _tell(self, report: history.Report) -> None:
        self.stdout.write(
            f"{report.rows} rows: {report.orders} orders new, {report.known_before} known before, "
            f"{report.people} people new, {report.facts} facts, {report.left_out} rows left out."
        )
        for line, why in report.faults:
            self.stdout.write(f"  line {line}: {why}")
