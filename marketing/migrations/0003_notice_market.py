"""Notices remember whose price was seen, and people who wait are listed by article."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0006_product_ratings"), ("marketing", "0002_voices")]

    operations = [
        migrations.RemoveField("notice", "currency"),
        migrations.AddField(
            "notice", "market", models.CharField(default="EUR", max_length=80, verbose_name="price for"), False
        ),
        migrations.CreateModel(
            name="WantedVariant",
            fields=[],
            options={
                "verbose_name": "article people wait for",
                "verbose_name_plural": "articles people wait for",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("catalog.variant",),
        ),
    ]
