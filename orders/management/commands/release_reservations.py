from datetime import datetime

from django.core.management.base import BaseCommand
from django.utils import timezone

from orders.actions import reservations


class Command(BaseCommand):
    help = "Give up orders that were not paid in time, and put their pieces back on sale."

    def add_arguments(self, parser):
        parser.add_argument("--at", type=datetime.fromisoformat, help="as if it were that moment (ISO)")

    def handle(self, *args, at=None, **options):
        released = reservations.release_expired(at.astimezone() if at else timezone.now())
        self.stdout.write(f"{released} orders were given up.")
