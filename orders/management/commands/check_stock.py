"""`manage.py check_stock [--mend]`: does the ledger explain the shelves, and do orders hold what is reserved?"""

from django.core.management.base import BaseCommand
from django.utils import timezone

from orders.actions import shelf_check


class Command(BaseCommand):
    help = "Compare every stock level with its ledger and with what orders hold; --mend puts it right."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--mend", action="store_true", help="put right what does not agree")

    def handle(self, *args, **options) -> None:
        done = shelf_check.check(timezone.now(), mend=options["mend"])
        for drift in done.drifts:
            self.stdout.write("{sku} at {place}: {what} {stored}, counted {counted}".format(**drift))
        found = f"{done.levels} levels checked, {len(done.drifts)} do not agree"
        self.stdout.write(f"{found}{', mended' if done.mended else ''}.")
