"""A message says to which variant of an A/B test it belongs."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('marketing', '0013_messages_by_every_channel'),
    ]

    operations = [
        migrations.AddField(
            model_name='message',
            name='arm',
            field=models.CharField(blank=True, max_length=20, verbose_name='variant'),
        ),
    ]
