"""Rows of a few days are found without reading all of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0013_gift_cards")]

    operations = [
        migrations.AddIndex("payment", models.Index(fields=["created_at"], name="payment_by_day")),
        migrations.AddIndex("providerevent", models.Index(fields=["received_at"], name="provider_event_by_day")),
        migrations.AddIndex("refund", models.Index(fields=["created_at"], name="refund_by_day")),
        migrations.AddIndex("shipment", models.Index(fields=["shipped_at"], name="shipment_by_day")),
    ]
