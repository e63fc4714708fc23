"""Rows of a few days are found without reading all of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0005_gift_card_years")]

    operations = [
        migrations.AddIndex("consent", models.Index(fields=["created_at"], name="consent_by_day")),
        migrations.AddIndex("mail", models.Index(fields=["created_at"], name="mail_by_day")),
    ]
