"""`manage.py set_price SKU AMOUNT`: for scripts and other systems."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from catalog.actions import price_updates
from catalog.actions.pricing import Cause
from catalog.models import PriceChange, Variant
from catalog.money import Money


class Command(BaseCommand):
    help = "Set the price of an article, or change it with --delta (12.50, or 5%%); a --key makes it happen only once."

    def add_arguments(self, parser) -> None:
        parser.add_argument("sku")
        parser.add_argument("amount", help="such as 12.50; with --delta also 5%%, or -- -5%% at the end")
        parser.add_argument("--currency", default=settings.SHOP_CURRENCY, help="another stands on its price list")
        parser.add_argument("--delta", action="store_true", help="change by the amount instead of setting it")
        parser.add_argument("--key", default="", help="the same key a second time changes nothing")
        parser.add_argument("--document", default="", help="what the price history names as the reason")

    def handle(self, *args, **options) -> None:
        variant = Variant.objects.filter(sku=options["sku"]).first()
        if variant is None:
            raise CommandError(f"No article has the SKU {options['sku']}.")
        currency = options["currency"].upper()
        wanted = price_updates.Mode.DELTA if options["delta"] else price_updates.Mode.SET
        cause = Cause(PriceChange.Reason.IMPORTED, "set_price", options["document"])
        try:
            mode, amount = price_updates.read_amount(options["amount"], wanted, currency)
            key = options["key"][:200]
            done = price_updates.apply(variant, mode, amount, currency=currency, key=key, cause=cause)
        except price_updates.NoList:
            raise CommandError(f"Nothing changed: no price list for everybody is in {currency}.") from None
        except price_updates.NoPrice:
            raise CommandError(f"Nothing changed: it has no price in {currency} yet.") from None
        except price_updates.KeyMeantOther:
            raise CommandError("Nothing changed: this key was used for another change.") from None
        except ValueError:
            raise CommandError("Nothing changed: that is not a price, nor a change, that can be.") from None
        before, after = ("-" if price is None else Money(price, currency).amount for price in (done.before, done.after))
        end = " (this key was known)" if done.is_repeated else ""
        self.stdout.write(f"{variant.sku}: {before} -> {after} {currency}{end}")
