"""A flow of five steps rehearsed over a million events of a quarter.

VAR_DIR=/tmp/bench python -m bench.rehearsal [--people N] [--events N]

In a database that is migrated: rows are written by the ORM in batches, as they would stand after a
quarter, and stay there. Prints seconds on the clock and of the processor.
"""

import argparse
import os
import time
from datetime import timedelta
from random import Random

from bench.run import ENVIRONMENT

os.environ |= ENVIRONMENT

TYPES = ["product_viewed"] * 7 + ["added_to_cart"] * 2 + ["checkout_started"]
RULE = {"version": 1, "match": "all", "parts": [
    {"kind": "orders", "count": {"compare": "none"}, "when": {"when": "ever"}},
]}  # fmt: skip
LETTER = {"kind": "message", "channel": "email", "template": "1", "deadline": 48}
FLOW = {
    "trigger": {"kind": "cart", "idle": 240, "late": 72}, "goal": "order_placed", "reentry": 7,
    "steps": [
        {"id": "m1", **LETTER},
        {"id": "w1", "kind": "wait", "amount": 1, "unit": "days"},
        {"id": "s1", "kind": "split", "rule": RULE, "branches": {"yes": [{"id": "m2", **LETTER}], "no": []}},
        {"id": "w2", "kind": "wait", "amount": 10, "unit": "clock"},
        {"id": "m3", **LETTER},
    ],
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=50_000)
    parser.add_argument("--events", type=int, default=1_000_000)
    options = parser.parse_args()
    import django

    django.setup()
    from django.utils import timezone

    from marketing.flows.definition import Definition
    from marketing.flows.rehearsal import rehearse
    from marketing.flows.triggers import Span
    from marketing.models import Event

    now = timezone.now()
    if Event.objects.count() < options.events:
        fill(options.people, options.events, now)
    span = Span(now - timedelta(days=90), now)
    began, worked = time.perf_counter(), time.process_time()
    result = rehearse(Definition.read(FLOW), 1, 20, span)
    print(
        f"{Event.objects.count()} events: {time.perf_counter() - began:.1f} s, {time.process_time() - worked:.1f} s CPU"
    )
    print({name: result[name] for name in ("occasions", "entered", "held_out", "messages", "left", "turned_away")})


def fill(people: int, events: int, now) -> None:
    from customers.models import Consent
    from marketing.models import Event, Profile

    chance = Random(1)
    Profile.objects.bulk_create([Profile(email=f"p{n}@example.com") for n in range(people)], batch_size=2000)
    ids = list(Profile.objects.values_list("pk", flat=True))
    said = {"purpose": "marketing", "channel": "email", "wording": "w", "source": "s"}
    Consent.objects.bulk_create(
        [
            Consent(email=f"p{n}@example.com", status="granted", created_at=now - timedelta(days=200), **said)
            for n in range(0, people, 2)
        ],
        batch_size=2000,
    )
    for first in range(0, events, 20_000):
        Event.objects.bulk_create(
            [
                Event(
                    type=chance.choice(TYPES), profile_id=chance.choice(ids),
                    occurred_at=now - timedelta(minutes=chance.randrange(90 * 24 * 60)),
                )
                for _each in range(min(20_000, events - first))
            ],
            batch_size=2000,
        )  # fmt: skip


if __name__ == "__main__":
    main()
