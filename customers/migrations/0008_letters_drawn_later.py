from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0007_consent_of_visitors")]

    operations = [
        migrations.AddField(
            model_name="mail", name="draft", field=models.JSONField(blank=True, default=dict, editable=False)
        ),
    ]
