"""Rows of a few days are found without reading all of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("marketing", "0003_notice_market")]

    operations = [
        migrations.AddIndex("message", models.Index(fields=["planned_for"], name="message_by_day")),
        migrations.AddIndex("notice", models.Index(fields=["created_at"], name="notice_by_day")),
    ]
