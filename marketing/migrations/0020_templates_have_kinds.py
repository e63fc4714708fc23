from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("marketing", "0019_flow_words_gone")]

    operations = [migrations.DeleteModel(name="ShortTemplate")]
