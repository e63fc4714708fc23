from datetime import datetime

from django.core.management.base import BaseCommand
from django.utils import timezone

from orders.actions import payments


class Command(BaseCommand):
    help = "Ask Stripe about every open payment, and act on events that wait."

    def add_arguments(self, parser):
        parser.add_argument("--at", type=datetime.fromisoformat, help="as if it were that moment (ISO)")

    def handle(self, *args, at=None, **options):
        now = at.astimezone() if at else timezone.now()
        paid = payments.reconcile(now)
        waiting = payments.process_events(now)
        self.stdout.write(f"{paid} payments turned out to be paid, {waiting} events were looked at.")
