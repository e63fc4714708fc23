"""How far the people of a segment are worked out."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("marketing", "0009_templates")]
    operations = [
        migrations.AddField("segment", "to_do", models.PositiveIntegerField(default=0, editable=False)),
        migrations.AddField("segment", "done", models.PositiveIntegerField(default=0, editable=False)),
    ]
