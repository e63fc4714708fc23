"""What a piece cost us is kept with what was sold, so that margins stay what they were."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0001_squashed_0025_quantities'),
        ('orders', '0030_pickup_points'),
    ]

    operations = [
        migrations.AddField(
            model_name='orderline',
            name='cost',
            field=models.BigIntegerField(blank=True, editable=False, null=True, verbose_name='what one piece cost us'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.CheckConstraint(condition=models.Q(('cost', None), ('cost__gte', 0), _connector='OR'), name='order_line_cost_is_not_negative'),
        ),
    ]
