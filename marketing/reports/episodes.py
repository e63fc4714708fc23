"""How far visits get: of all shopping episodes of a span how many reached each step."""

from datetime import datetime

from django.db.models import Count

from marketing.models import Episode


def reached(since: datetime, until: datetime) -> list[tuple[str, int]]:
    """Label and number of each step, the first one first. Who ordered has reached all before it; one query."""
    began = Episode.objects.filter(started_at__gte=since, started_at__lt=until).order_by()
    deepest = dict(began.values_list("step").annotate(number=Count("pk")))
    steps = Episode.Step.choices
    return [(label, sum(number for step, number in deepest.items() if step >= code)) for code, label in steps]
