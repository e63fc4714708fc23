"""Reviews and questions of some days are found by index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("marketing", "0011_spent_year")]

    operations = [
        migrations.AddIndex("review", models.Index(fields=["created_at"], name="review_by_day")),
        migrations.AddIndex("question", models.Index(fields=["created_at"], name="question_by_day")),
    ]
