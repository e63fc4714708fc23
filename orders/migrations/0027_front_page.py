from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0026_saved_cards")]

    operations = [
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["status", "currency", "placed_at", "total"], name="order_turnover"),
        ),
        migrations.AddIndex(model_name="order", index=models.Index(fields=["paid_at"], name="order_by_money")),
    ]
