"""`manage.py seed_demo`: fill an empty shop with the demonstration shop."""

import sys
import time

from django.core.management.base import BaseCommand
from django.utils import timezone

from shop.demo.fill import NotEmpty, fill
from shop.tasks import draw_demo_pictures


class Command(BaseCommand):
    help = "Fills an empty shop with the demonstration shop. Does nothing when there are goods already."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--no-pictures", action="store_true", help="draw no pictures (much faster)")

    def handle(self, *args, **options) -> None:
        began = time.monotonic()
        try:
            fill(timezone.now(), self.say, self.progress, with_pictures=not options["no_pictures"])
        except NotEmpty:
            draw_demo_pictures.delay()
            return
        if not options["no_pictures"]:
            draw_demo_pictures.delay()
        self.stdout.write(f"The demonstration shop is ready ({time.monotonic() - began:.0f} s).")

    def say(self, text: str) -> None:
        self.stdout.write(f"{text} …")

    def progress(self, done: int, total: int) -> None:
        """One line that grows on a terminal; a line at each quarter elsewhere."""
        if sys.stdout.isatty():
            bar = "━" * (30 * done // total)
            self.stdout.write(f"\r  {bar:<30} {done} of {total}", ending="\n" if done == total else "")
            self.stdout.flush()
        elif done == total or done % max(1, total // 4) == 0:
            self.stdout.write(f"  {done} of {total}")
