"""A line of an order knows the wish that it fulfils."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0018_found_by_word")]

    operations = [
        migrations.AddField(
            model_name="orderline",
            name="wish",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="orders.wish",
            ),
        ),
    ]
