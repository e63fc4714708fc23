from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0021_tax_classes")]

    operations = [
        migrations.AddField("personalisation", "prices", models.JSONField(blank=True, default=dict, editable=False)),
    ]
