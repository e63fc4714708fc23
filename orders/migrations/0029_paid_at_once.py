from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0028_told_by_text")]

    operations = [
        # May be empty, so that the table need not be remade.
        migrations.AddField(
            model_name="payment",
            name="asks_address_in",
            field=models.CharField(blank=True, max_length=2, null=True, verbose_name="asks for an address in"),
        )
    ]
