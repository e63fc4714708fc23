from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0008_supplement_days")]

    operations = [
        migrations.AddField(
            model_name="mail", name="draft", field=models.JSONField(blank=True, default=dict, editable=False)
        ),
    ]
