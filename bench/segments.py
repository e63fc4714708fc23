"""A nested behavioural segment over a million people and twenty million events, on PostgreSQL.

DATABASE_URL=postgres://… python -m bench.segments [--people N] [--events N] [--keep]

The database must be migrated and hold no profile but ours; rows are written by the server itself, below the ORM, and
taken away at the end unless `--keep`. About 5 GB for the whole of it: look at `df` first. Seconds are the best of three.
"""

import argparse
import os
import time

from bench.run import ENVIRONMENT

os.environ |= ENVIRONMENT

#: The rule of the promise: behaviour in windows, counts, a category with what lies below, orders, consent, not and or.
RULE = {
    "version": 1, "match": "all", "parts": [
        {"kind": "reach", "channel": "email", "answer": "yes"},
        {"match": "any", "parts": [
            {"kind": "event", "type": "product_viewed", "count": {"compare": "at-least", "number": 3},
             "goods": {"of": "category", "id": None}, "when": {"when": "within", "days": 30}, "words": ""},
            {"kind": "event-sum", "type": "added_to_cart",
             "sum": {"compare": "at-least", "amount": 20000, "currency": "EUR"},
             "goods": {"of": "any"}, "when": {"when": "within", "days": 60}},
        ]},
        {"match": "none", "parts": [
            {"kind": "orders", "count": {"compare": "at-least", "number": 1}, "when": {"when": "within", "days": 30}},
            {"kind": "event", "type": "checkout_started", "count": {"compare": "at-least", "number": 2},
             "goods": {"of": "any"}, "when": {"when": "within", "days": 7}, "words": ""},
        ]},
    ],
}  # fmt: skip
FIRST = 10_000_000


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--events", type=int, default=20_000_000)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--filled", action="store_true", help="the rows of the last run with --keep are there")
    options = parser.parse_args()
    import django

    django.setup()
    from catalog.models import Category

    print(f"bare loop: {bare():.2f} s")
    began = time.perf_counter()
    try:
        if not options.filled:
            empty()
            fill(options.people, options.events)
            print(f"{options.people} people and {options.events} events written in {time.perf_counter() - began:.0f} s")
        category = Category.objects.order_by("path").first().pk
        measure(category)
    finally:
        if not options.keep:
            empty()


def bare() -> float:
    """Ten million turns of nothing: what the machine is worth at this moment."""
    began = time.perf_counter()
    for _turn in range(10_000_000):
        pass
    return time.perf_counter() - began


def fill(people: int, events: int) -> None:
    """People, what they agreed to, and what they did in a year; a third bought."""
    from django.db import connection

    from catalog.models import Product

    if not Product.objects.exists():
        _shelve()
    goods = list(Product.objects.order_by("pk").values_list("pk", flat=True))
    steps = [
        f"""INSERT INTO marketing_profile (id, email, name, phone, language, country, time_zone, stage, stage_since,
            orders_count, spent, created_at)
            SELECT {FIRST} + n, 'person' || n || '@example.com', 'Person ' || n, '', 'en', 'ES', '', 'known', now(), 0, 0,
            now() - (n % 1000) * interval '1 day' FROM generate_series(1, {people}) n""",
        f"""INSERT INTO customers_consent (email, purpose, channel, status, wording, version, source, created_at)
            SELECT 'person' || n || '@example.com', 'marketing', 'email', CASE WHEN n % 20 = 0 THEN 'withdrawn' ELSE 'granted' END,
            'w', '', 'bench', now() - interval '400 days' FROM generate_series(1, {people}) n WHERE n % 5 < 3""",
        f"""INSERT INTO marketing_event (type, profile_id, product_id, text, value, currency, source, occurred_at, received_at)
            SELECT (ARRAY['product_viewed','product_viewed','product_viewed','product_viewed','product_viewed','product_viewed',
            'category_viewed','searched','added_to_cart','checkout_started'])[1 + n % 10],
            {FIRST} + 1 + floor(power(random(), 2) * {people})::bigint,
            CASE WHEN n % 10 < 6 OR n % 10 = 8 THEN (ARRAY[{",".join(map(str, goods))}])[1 + floor(random() * {len(goods)})::int] END,
            '', CASE WHEN n % 10 = 8 THEN 4900 END, CASE WHEN n % 10 = 8 THEN 'EUR' ELSE '' END, 'bench',
            now() - random() * interval '365 days', now() FROM generate_series(1, {events}) n""",
        f"""INSERT INTO orders_order (id, {", ".join(_ORDER)})
            SELECT {FIRST} + n, {", ".join(_ORDER.values())} FROM generate_series(1, {people // 3}) n""",
        f"""INSERT INTO marketing_purchase (order_id, profile_id)
            SELECT {FIRST} + n, {FIRST} + 1 + (n * 7) % {people} FROM generate_series(1, {people // 3}) n""",
    ]
    with connection.cursor() as cursor:
        for step in steps:
            cursor.execute(step)
        cursor.execute("VACUUM ANALYZE")


_ORDER = {
    "uid": "gen_random_uuid()", "fingerprint": "''", "number": "'S' || n", "email": "'person' || n || '@example.com'",
    "phone": "''", "language": "'en'", "currency": "'EUR'", "note": "''", "status": "'placed'", "payment_status": "'paid'",
    "fulfilment_status": "'fulfilled'", "goods_total": "4900", "net_total": "4900", "tax_total": "0", "total": "4900",
    "created_at": "now() - random() * interval '365 days'", "placed_at": "now() - random() * interval '365 days'",
    "paid_at": "now()", "pays_on_delivery": "false", "discount_total": "0", "delivery_name": "''", "delivery_net": "0",
    "delivery_tax": "0", "delivery_gross": "0", "delivery_discount": "0", "delivery_tax_rate_bp": "0",
    "delivery_refunded_net": "0", "delivery_refunded_tax": "0", "prices_include_tax": "true", "rounding": "0",
    "taxing": "'taxed'", "vat_number": "''", "exempt_reason": "''", "credit_total": "0", "pickup_address": "''",
    "channel": "'web'",
}  # fmt: skip


def _shelve() -> None:
    from tests.makers import make_category, make_product

    home = make_category("Home")
    for number in range(40):
        category = make_category(f"Shelf {number}", home) if number % 4 == 0 else make_category(f"Room {number}")
        for each in range(5):
            make_product(f"Thing {number}-{each}", category)


def measure(category: int) -> None:
    from django.utils import timezone

    from marketing.actions import segments as desk
    from marketing.models import Profile, Segment
    from marketing.queries.segments import figures
    from marketing.segments import at_large, compile, read

    RULE["parts"][1]["parts"][0]["goods"]["id"] = category
    rule, now = read(RULE), timezone.now()
    print(f"{'what':<44}{'seconds':>9}{'answer':>12}")
    some = list(Profile.objects.order_by("-pk").values_list("pk", flat=True)[:500])
    with at_large():
        say("nested behavioural segment, counted", lambda: compile(rule, now).count())
        say("its size, value and reach", lambda: figures(compile(rule, now), now).size)
        say("asked of 500 people", lambda: compile(rule, now, some).count())
    Segment.objects.filter(slug="bench-nested").delete()
    segment = Segment.objects.create(name="Bench", slug="bench-nested")
    desk.save_rule(segment, rule)
    say("everybody settled for the first time", lambda: desk.bring_in_step(segment, now), 1)
    say("settled again, nothing to do", lambda: desk.bring_in_step(segment, now), 1)
    say("500 people settled in all segments", lambda: desk.settle(some, now), 1)


def say(what: str, work, turns: int = 3) -> None:
    best, answer = 1e9, None
    for _turn in range(turns):
        began = time.perf_counter()
        answer = work()
        best = min(best, time.perf_counter() - began)
    print(f"{what:<44}{best:>9.2f}{answer:>12}", flush=True)


def empty() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in (
            "DELETE FROM marketing_segmentmembership",
            "DELETE FROM marketing_segment WHERE slug = 'bench-nested'",
            "TRUNCATE marketing_event",
            f"DELETE FROM marketing_purchase WHERE order_id > {FIRST}",
            f"DELETE FROM orders_order WHERE id > {FIRST}",
            f"DELETE FROM marketing_profile WHERE id > {FIRST}",
            "DELETE FROM customers_consent WHERE source = 'bench'",
        ):
            cursor.execute(statement)


if __name__ == "__main__":
    main()
