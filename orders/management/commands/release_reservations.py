from django.core.management.base import BaseCommand
from django.utils import timezone

from orders.actions import reservations


class Command(BaseCommand):
    help = "Give up orders that were not paid in time, and put their pieces back on sale."

    def handle(self, *args, **options):
        self.stdout.write(f"{reservations.release_expired(timezone.now())} orders were given up.")
