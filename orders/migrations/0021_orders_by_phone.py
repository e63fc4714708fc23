
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0001_squashed_0025_quantities'),
        ('orders', '0020_held_by_the_card'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='cart',
            name='one_open_cart_per_customer',
        ),
        migrations.AddField(
            model_name='cart',
            name='channel',
            field=models.CharField(choices=[('web', 'web shop'), ('phone', 'telephone')], default='web', max_length=8, verbose_name='channel'),
        ),
        migrations.AddField(
            model_name='cart',
            name='entered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by'),
        ),
        migrations.AddField(
            model_name='order',
            name='channel',
            field=models.CharField(choices=[('web', 'web shop'), ('phone', 'telephone')], default='web', max_length=8, verbose_name='channel'),
        ),
        migrations.AddField(
            model_name='order',
            name='entered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by'),
        ),
        migrations.AddField(
            model_name='order',
            name='pay_until',
            field=models.DateTimeField(blank=True, null=True, verbose_name='to be paid until'),
        ),
        migrations.AlterField(
            model_name='payment',
            name='method',
            field=models.CharField(choices=[('card', 'card'), ('bank_transfer', 'bank transfer'), ('on_delivery', 'pay on delivery'), ('gift_card', 'gift card'), ('store_credit', 'store credit'), ('desk', 'paid at the desk')], max_length=16, verbose_name='method'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('channel', 'phone')), fields=['id'], name='order_by_phone'),
        ),
        migrations.AddConstraint(
            model_name='cart',
            constraint=models.UniqueConstraint(condition=models.Q(('channel', 'web'), ('status', 'open')), fields=('customer',), name='one_open_cart_per_customer'),
        ),
        migrations.AddConstraint(
            model_name='cart',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['web', 'phone'])), name='cart_channel_is_known'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['web', 'phone'])), name='order_channel_is_known'),
        ),
    ]
