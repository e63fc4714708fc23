"""The ledger tells all: what a payment says beyond its events becomes an event, and cards given back have a kind of
their own. From here on the database keeps both the same (orders/ledger_seal.py)."""

from django.db import migrations

# The column, what adds to it, what takes from it.
SUMS = [
    ("authorised", "authorised", ""),
    ("captured", "captured", "returned"),
    ("cancelled", "cancelled", ""),
    ("refunded", "refund_asked", "refund_failed"),
]


def balance(apps, schema_editor):
    schema_editor.execute(
        "UPDATE orders_paymentevent SET kind = 'returned' WHERE kind = 'refunded' AND reference = '' "
        "AND payment_id IN (SELECT id FROM orders_payment WHERE account_id IS NOT NULL)"
    )
    for column, adds, takes in SUMS:
        told = (
            f"(SELECT COALESCE(SUM(CASE kind WHEN '{adds}' THEN amount WHEN '{takes or 'none'}' THEN -amount ELSE 0 END),"
            " 0) FROM orders_paymentevent e WHERE e.payment_id = p.id)"
        )
        for kind, more in [(adds, f"p.{column} - {told}"), (takes, f"{told} - p.{column}")]:
            if kind:
                schema_editor.execute(
                    "INSERT INTO orders_paymentevent (payment_id, kind, amount, reference, note, created_at) "
                    f"SELECT p.id, '{kind}', {more}, '', '', COALESCE(p.captured_at, p.created_at) "
                    f"FROM orders_payment p WHERE {more} > 0"
                )


class Migration(migrations.Migration):
    dependencies = [("orders", "0021_orders_by_phone")]

    operations = [migrations.RunPython(balance, migrations.RunPython.noop)]
