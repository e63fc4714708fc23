"""Orders are found by the beginnings of their words, and what waits is counted without reading what is done."""

import django.db.models.deletion
from django.db import migrations, models

from catalog import bulk
from orders.actions.finding import words_of


def fill(apps, schema_editor):
    orders = apps.get_model("orders", "Order").objects.order_by("pk").prefetch_related("addresses", "lines")
    rows = []
    for order in orders.iterator(chunk_size=500):
        rows += [(order.pk, word) for word in sorted(words_of(order, order.addresses.all(), order.lines.all()))]
        if len(rows) > 10_000:
            bulk.write("orders_orderword", ["order_id", "word"], rows)
            rows = []
    bulk.write("orders_orderword", ["order_id", "word"], rows)


class Migration(migrations.Migration):
    dependencies = [("orders", "0017_payment_ledger_and_bank")]

    operations = [
        migrations.CreateModel(
            name="OrderWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=40)),
                (
                    "order",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="words",
                        to="orders.order",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            "orderword", models.UniqueConstraint(fields=("order", "word"), name="order_has_a_word_once")
        ),
        migrations.AddIndex(
            "orderword",
            models.Index(
                fields=["word", "order"], name="order_by_word", opclasses=["varchar_pattern_ops", "int8_ops"]
            ),
        ),
        migrations.AddIndex(
            "order",
            models.Index(fields=["status"], condition=models.Q(payment_status="unpaid"), name="order_unpaid"),
        ),
        migrations.AddIndex(
            "orderevent",
            models.Index(fields=["order"], condition=models.Q(type="incident"), name="order_event_incident"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
