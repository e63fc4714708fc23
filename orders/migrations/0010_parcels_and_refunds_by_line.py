import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def tell_what_became(apps, schema_editor):
    """Parcels were whole until now, and refunds named no goods."""
    lines = apps.get_model("orders", "OrderLine").objects
    lines.filter(order__fulfilment_status="fulfilled", kind__in=["physical", "bundle"]).update(sent=models.F("quantity"))
    apps.get_model("orders", "Refund").objects.update(goodwill=models.F("amount"))


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0022_extras_in_other_currencies'),
        ('orders', '0009_tax'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OrderChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('cancelled', 'lines cancelled'), ('edited', 'edited')], max_length=10, verbose_name='kind')),
                ('rows', models.JSONField(default=list, verbose_name='what')),
                ('total_before', models.BigIntegerField(verbose_name='total before')),
                ('total_after', models.BigIntegerField(verbose_name='total after')),
                ('returned', models.BigIntegerField(default=0, verbose_name='returned')),
                ('due', models.BigIntegerField(default=0, verbose_name='to pay in addition')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='at')),
            ],
            options={
                'verbose_name': 'change of an order',
                'verbose_name_plural': 'changes of an order',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='RefundLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quantity', models.PositiveIntegerField(default=0, verbose_name='quantity')),
                ('net', models.BigIntegerField(verbose_name='net')),
                ('tax', models.BigIntegerField(verbose_name='tax')),
                ('gross', models.BigIntegerField(verbose_name='sum')),
                ('restock', models.BooleanField(default=False, verbose_name='back on the shelf')),
            ],
            options={
                'verbose_name': 'refund line',
                'verbose_name_plural': 'refund lines',
                'ordering': ['id'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='order',
            name='order_fulfilment_status_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='reservation',
            name='one_reservation_per_line_and_level',
        ),
        migrations.AddField(
            model_name='order',
            name='delivery_refunded_net',
            field=models.BigIntegerField(default=0, verbose_name='delivery refunded, net'),
        ),
        migrations.AddField(
            model_name='order',
            name='delivery_refunded_tax',
            field=models.BigIntegerField(default=0, verbose_name='delivery refunded, tax'),
        ),
        migrations.AddField(
            model_name='orderline',
            name='cancelled',
            field=models.PositiveIntegerField(default=0, verbose_name='cancelled'),
        ),
        migrations.AddField(
            model_name='orderline',
            name='refunded',
            field=models.PositiveIntegerField(default=0, verbose_name='pieces refunded'),
        ),
        migrations.AddField(
            model_name='orderline',
            name='refunded_net',
            field=models.BigIntegerField(default=0, verbose_name='refunded, net'),
        ),
        migrations.AddField(
            model_name='orderline',
            name='refunded_tax',
            field=models.BigIntegerField(default=0, verbose_name='refunded, tax'),
        ),
        migrations.AddField(
            model_name='orderline',
            name='sent',
            field=models.PositiveIntegerField(default=0, verbose_name='sent'),
        ),
        migrations.AddField(
            model_name='refund',
            name='delivery_gross',
            field=models.BigIntegerField(default=0, verbose_name='for delivery'),
        ),
        migrations.AddField(
            model_name='refund',
            name='delivery_net',
            field=models.BigIntegerField(default=0, verbose_name='for delivery, net'),
        ),
        migrations.AddField(
            model_name='refund',
            name='delivery_tax',
            field=models.BigIntegerField(default=0, verbose_name='for delivery, tax'),
        ),
        migrations.AddField(
            model_name='refund',
            name='goods',
            field=models.BigIntegerField(default=0, verbose_name='for goods'),
        ),
        migrations.AddField(
            model_name='refund',
            name='goodwill',
            field=models.BigIntegerField(default=0, verbose_name='out of goodwill'),
        ),
        migrations.RunPython(tell_what_became, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='order',
            name='fulfilment_status',
            field=models.CharField(choices=[('unfulfilled', 'to pack'), ('partly', 'partly sent'), ('fulfilled', 'sent'), ('not_needed', 'nothing to send')], default='unfulfilled', max_length=12, verbose_name='fulfilment'),
        ),
        migrations.AlterField(
            model_name='orderevent',
            name='type',
            field=models.CharField(choices=[('created', 'created'), ('placed', 'placed'), ('paid', 'paid'), ('shipped', 'sent'), ('cancelled', 'cancelled'), ('refunded', 'refunded'), ('incident', 'needs a person'), ('changed', 'changed'), ('mailed', 'mail written'), ('remark', 'remark')], max_length=12, verbose_name='event'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('fulfilment_status__in', ['unfulfilled', 'partly', 'fulfilled', 'not_needed'])), name='order_fulfilment_status_is_known'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('delivery_refunded_net__gte', 0), ('delivery_refunded_net__lte', models.F('delivery_net')), ('delivery_refunded_tax__gte', 0), ('delivery_refunded_tax__lte', models.F('delivery_tax'))), name='order_delivery_refunds_are_covered'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gte', django.db.models.expressions.CombinedExpression(models.F('sent'), '+', models.F('cancelled')))), name='order_line_sends_no_more_than_was_bought'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.CheckConstraint(condition=models.Q(('refunded__lte', models.F('quantity')), ('refunded_net__gte', 0), ('refunded_net__lte', models.F('net')), ('refunded_tax__gte', 0), ('refunded_tax__lte', models.F('tax'))), name='order_line_refunds_are_covered'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(('amount', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('goods'), '+', models.F('delivery_gross')), '+', models.F('goodwill'))), ('goods__gte', 0), ('goodwill__gte', 0)), name='refund_is_the_sum_of_its_parts'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(('delivery_gross', django.db.models.expressions.CombinedExpression(models.F('delivery_net'), '+', models.F('delivery_tax'))), ('delivery_net__gte', 0), ('delivery_tax__gte', 0)), name='refund_delivery_adds_up'),
        ),
        migrations.AddConstraint(
            model_name='reservation',
            constraint=models.UniqueConstraint(fields=('line', 'level', 'status'), name='one_reservation_per_line_level_and_status'),
        ),
        migrations.AddField(
            model_name='orderchange',
            name='actor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='orderchange',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='orders.order', verbose_name='order'),
        ),
        migrations.AddField(
            model_name='refundline',
            name='line',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refund_lines', to='orders.orderline', verbose_name='order line'),
        ),
        migrations.AddField(
            model_name='refundline',
            name='location',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='catalog.location', verbose_name='location'),
        ),
        migrations.AddField(
            model_name='refundline',
            name='refund',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='orders.refund', verbose_name='refund'),
        ),
        migrations.AddConstraint(
            model_name='orderchange',
            constraint=models.CheckConstraint(condition=models.Q(('due__gte', 0), ('returned__gte', 0)), name='order_change_is_settled'),
        ),
        migrations.AddConstraint(
            model_name='orderchange',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['cancelled', 'edited'])), name='order_change_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='refundline',
            constraint=models.UniqueConstraint(fields=('refund', 'line'), name='one_refund_line_per_order_line'),
        ),
        migrations.AddConstraint(
            model_name='refundline',
            constraint=models.CheckConstraint(condition=models.Q(('gross', django.db.models.expressions.CombinedExpression(models.F('net'), '+', models.F('tax'))), ('net__gte', 0), ('tax__gte', 0)), name='refund_line_adds_up'),
        ),
        migrations.AddConstraint(
            model_name='refundline',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gte', 1), ('gross__gte', 1), _connector='OR'), name='refund_line_gives_something_back'),
        ),
    ]
