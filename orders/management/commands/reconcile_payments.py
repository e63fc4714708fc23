from django.core.management.base import BaseCommand
from django.utils import timezone

from orders.actions import payments


class Command(BaseCommand):
    help = "Ask Stripe about every open payment, and act on events that wait."

    def handle(self, *args, **options):
        now = timezone.now()
        paid = payments.reconcile(now)
        waiting = payments.process_events(now)
        self.stdout.write(f"{paid} payments turned out to be paid, {waiting} events were looked at.")
