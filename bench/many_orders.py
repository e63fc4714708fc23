"""The lists of the order desk over a million orders: opened, narrowed, searched and paged, through the whole stack.

VAR_DIR=FOLDER python -m bench.many_orders [--orders N]      with DATABASE_URL: that database

The folder needs a shop with an order in it (the demonstration shop has some); the first run copies it until there are so
many, nine of ten paid and sent, spread over three years. Seconds are the best of three in one warm process.
"""

import argparse
import os

from bench.run import ENVIRONMENT

os.environ |= ENVIRONMENT
NUMBERS = {
    "sqlite": "(WITH RECURSIVE c(n) AS (SELECT %s UNION ALL SELECT n + 1 FROM c WHERE n < %s) SELECT n FROM c)",
    "postgresql": "(SELECT n FROM generate_series(%s, %s) AS n)",
}
UID = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "gen_random_uuid()"}
FIRST = 10_000_000


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--orders", type=int, default=1_000_000)
    options = parser.parse_args()
    import django

    django.setup()
    from bench.office import show
    from bench.variants import clerk

    fill(options.orders)
    client = clerk()
    print(f"{'page':<34}{'seconds':>9}{'own CPU':>9}{'SQL':>5}{'KB':>7}")
    for name, address in addresses(options.orders).items():
        show(client, name, address, 3)


def fill(number: int) -> None:
    """Copies of one sent order, with an address, a line and a payment each, below the ORM."""
    from django.db import connection, transaction

    from orders.models import Order, OrderAddress, OrderLine, Payment

    there = Order.objects.filter(pk__gte=FIRST).count()
    if there >= number:
        return
    model = Order.objects.placed().filter(addresses__kind="delivery", payments__isnull=False).order_by("pk").first()
    day = {
        "sqlite": "datetime('2026-11-21 12:00:00', '-' || (n % 1095) || ' days')",
        "postgresql": "TIMESTAMPTZ '2026-11-21 12:00:00+00' - (n % 1095) * INTERVAL '1 day'",
    }[connection.vendor]
    key = f"{FIRST} + n"
    with transaction.atomic():
        copy(Order, model.pk, there, number, {
            "id": key, "uid": UID[connection.vendor], "number": "'B' || n", "cart_id": "NULL", "fingerprint": "''",
            "email": "'buyer' || n || '@example.com'", "placed_at": day, "created_at": day, "paid_at": day,
            "status": "'placed'",
            "payment_status": "CASE WHEN n % 1000 = 0 THEN 'unpaid' ELSE 'paid' END",
            "fulfilment_status": "CASE WHEN n % 500 < 3 THEN 'unfulfilled' ELSE 'fulfilled' END",
        })  # fmt: skip
        copy(OrderAddress, model.addresses.get(kind="delivery").pk, there, number, {
            "order_id": key, "name": "'Ada ' || n || ' Lovelace'"
        })  # fmt: skip
        copy(OrderLine, model.lines.first().pk, there, number, {"order_id": key})
        copy(Payment, model.payments.first().pk, there, number, {
            "order_id": key, "idempotency_key": UID[connection.vendor], "session_id": "NULL", "intent_id": "NULL", "method": "'on_delivery'",
            # Without their events, which the list does not read.
            "captured": "0", "refunded": "0",
        })  # fmt: skip
        for word in ("'buyer' || n || '@example.com'", "'buyer' || n", "CAST(n AS varchar)", "'ada'", "'lovelace'"):
            with connection.cursor() as cursor:
                cursor.execute(
                    f"INSERT INTO orders_orderword (order_id, word) SELECT {key}, {word} FROM {NUMBERS[connection.vendor]} c",
                    [there + 1, number],
                )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def copy(table, pk: int, there: int, number: int, changed: dict[str, str]) -> None:
    """So many copies of a row, with these columns told by SQL in which `n` counts."""
    from django.db import connection

    columns = [
        field.column for field in table._meta.local_concrete_fields if field.column in changed or not field.primary_key
    ]
    said = ", ".join(changed.get(name, f"r.{connection.ops.quote_name(name)}") for name in columns)
    names = ", ".join(map(connection.ops.quote_name, columns))
    numbers = NUMBERS[connection.vendor]
    sql = f"INSERT INTO {table._meta.db_table} ({names}) SELECT {said} FROM {table._meta.db_table} r, {numbers} c WHERE r.id = %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [there + 1, number, pk])


def addresses(number: int) -> dict[str, str]:
    from django.urls import reverse

    orders = reverse("admin:orders_order_changelist")
    asked = (
        "", "view=pack", "view=partly", "view=money", "view=late", "view=trouble", "view=sent", "view=cancelled",
        "payment_status__exact=unpaid", "fulfilment_status__exact=fulfilled", "p=2", "p=200",
        f"q=B{number // 2}", f"q=buyer{number // 2}@example.com", "q=lovelace", f"q=ada+{number // 2}", "q=nobody",
    )  # fmt: skip
    found = {f"orders {query}".strip(): f"{orders}?{query}" for query in asked}
    return found | {
        "payments": reverse("admin:orders_payment_changelist"),
        "one order": reverse("admin:orders_order_change", args=[FIRST + number // 2]),
        "today": reverse("admin:index"),
    }


if __name__ == "__main__":
    main()
