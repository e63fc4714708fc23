"""load_tax_rates: the VAT rates of the European Union, from the list that comes with the shop."""

from django.core.management.base import BaseCommand
from django.utils.timezone import localdate

from orders.actions import tax_rates


class Command(BaseCommand):
    help = "Load the VAT rates of the EU. What differs gets a new row that holds from today; old rows stay."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--country", action="append", help="Only this country (ES); may be given several times.")
        parser.add_argument("--dry-run", action="store_true", help="Only say what would change.")

    def handle(self, *args, country, dry_run, **options) -> None:
        day = localdate()
        found = tax_rates.changes(day, country)
        for change in found:
            was = "new" if change.was is None else f"{change.was / 100:g} % →"
            place = f"{change.country} {change.region}".strip()
            self.stdout.write(f"{place} {change.tax_class or 'everything'}: {was} {change.rate_bp / 100:g} %")
        if not dry_run:
            tax_rates.load(found, day)
        self.stdout.write(f"{len(found)} {'to change' if dry_run else 'changed'}")
