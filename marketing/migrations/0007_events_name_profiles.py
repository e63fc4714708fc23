from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("marketing", "0006_people")]
    operations = [migrations.RemoveField(model_name="event", name="customer")]
