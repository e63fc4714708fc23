"""`manage.py set_stock SKU N`: for scripts and other systems."""

from django.core.management.base import BaseCommand, CommandError

from catalog.actions import stock, stock_updates
from catalog.models import Location, Variant


class Command(BaseCommand):
    help = "Set what is on hand of an article, or change it with --delta; a --key makes it happen only once."

    def add_arguments(self, parser) -> None:
        parser.add_argument("sku")
        parser.add_argument("number", type=int)
        parser.add_argument("--location", help="name of the place; without it the first one of the article")
        parser.add_argument("--delta", action="store_true", help="change by the number instead of setting it")
        parser.add_argument("--key", default="", help="the same key a second time changes nothing")
        parser.add_argument("--document", default="", help="what the ledger names as the reason")

    def handle(self, *args, **options) -> None:
        variant = Variant.objects.filter(sku=options["sku"]).first()
        if variant is None:
            raise CommandError(f"No article has the SKU {options['sku']}.")
        location = None
        if options["location"]:
            location = Location.objects.filter(name=options["location"]).first()
            if location is None:
                raise CommandError(f"No place is called {options['location']}.")
        mode = stock_updates.Mode.DELTA if options["delta"] else stock_updates.Mode.SET
        words = {"location": location, "key": options["key"], "document": options["document"], "actor": "set_stock"}
        try:
            done = stock_updates.apply(variant, mode, options["number"], **words)
        except stock.HeldForOrders as held:
            raise CommandError(f"Nothing changed: {held.reserved} pieces are held for orders.") from None
        except stock_updates.KeyMeantOther:
            raise CommandError("Nothing changed: this key was used for another change.") from None
        except ValueError:
            raise CommandError("Nothing changed: that is not a number of pieces.") from None
        end = " (this key was known)" if done.is_repeated else ""
        self.stdout.write(f"{variant.sku}: {done.before} -> {done.after}{end}")
