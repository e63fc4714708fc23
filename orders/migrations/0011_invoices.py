
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import django_countries.fields
from django.db import migrations, models

TABLES = ("orders_invoice", "orders_invoiceline", "orders_invoicetax")

REFUSE = """
CREATE FUNCTION orders_paper_never_changes() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION 'what an invoice says is never changed' USING ERRCODE = 'integrity_constraint_violation';
END
$$ LANGUAGE plpgsql
"""


def seal(apps, schema_editor):
    """The database itself refuses to change a written invoice. Who remakes one of these tables seals it again."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(REFUSE)
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            act = "FOR EACH ROW EXECUTE FUNCTION orders_paper_never_changes()"
        else:
            act = "BEGIN SELECT RAISE(ABORT, 'what an invoice says is never changed'); END"
        schema_editor.execute(f"CREATE TRIGGER {table}_never_changes BEFORE UPDATE ON {table} {act}")


def unseal(apps, schema_editor):
    for table in TABLES:
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER {table}_never_changes{on}")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION orders_paper_never_changes()")


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0010_parcels_and_refunds_by_line'),
    ]

    operations = [
        migrations.CreateModel(
            name='Invoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('invoice', 'invoice'), ('credit_note', 'credit note')], max_length=12, verbose_name='kind')),
                ('number', models.CharField(max_length=30, unique=True, verbose_name='number')),
                ('series', models.CharField(max_length=20, verbose_name='series')),
                ('place', models.PositiveIntegerField(verbose_name='place in the series')),
                ('issued_on', models.DateField(db_index=True, verbose_name='date')),
                ('issued_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='issued')),
                ('language', models.CharField(choices=[('en', 'English'), ('es', 'Español'), ('ru', 'Русский')], max_length=5, verbose_name='language')),
                ('currency', models.CharField(max_length=3, verbose_name='currency')),
                ('order_number', models.CharField(max_length=20, verbose_name='order number')),
                ('ordered_on', models.DateField(verbose_name='ordered on')),
                ('seller', models.JSONField(verbose_name='seller')),
                ('buyer', models.JSONField(verbose_name='buyer')),
                ('delivers_to', models.JSONField(blank=True, default=dict, verbose_name='goes to')),
                ('buyer_name', models.CharField(blank=True, max_length=330, verbose_name='buyer')),
                ('country', django_countries.fields.CountryField(blank=True, max_length=2, verbose_name='country')),
                ('payment', models.JSONField(blank=True, default=dict, verbose_name='payment')),
                ('taxing', models.CharField(choices=[('taxed', 'taxed'), ('reverse_charge', 'reverse charge'), ('exempt', 'exempt customer')], default='taxed', max_length=16, verbose_name='taxing')),
                ('remarks', models.JSONField(blank=True, default=list, verbose_name='remarks')),
                ('prices_include_tax', models.BooleanField(default=True, verbose_name='prices contain tax')),
                ('net', models.BigIntegerField(verbose_name='net')),
                ('tax', models.BigIntegerField(verbose_name='tax')),
                ('gross', models.BigIntegerField(verbose_name='sum')),
                ('corrects', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='orders.invoice', verbose_name='belongs to')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invoices', to='orders.order', verbose_name='order')),
                ('refund', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='credit_note', to='orders.refund', verbose_name='refund')),
            ],
            options={
                'verbose_name': 'invoice',
                'verbose_name_plural': 'invoices',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='InvoiceLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('goods', 'goods'), ('delivery', 'delivery'), ('refund', 'refund')], default='goods', max_length=8, verbose_name='kind')),
                ('line_id', models.PositiveBigIntegerField(blank=True, null=True)),
                ('name', models.CharField(max_length=255, verbose_name='name')),
                ('detail', models.TextField(blank=True, verbose_name='details')),
                ('sku', models.CharField(blank=True, max_length=80, verbose_name='SKU')),
                ('quantity', models.PositiveIntegerField(default=1, verbose_name='quantity')),
                ('unit_price', models.BigIntegerField(verbose_name='price')),
                ('discount', models.BigIntegerField(default=0, verbose_name='taken off')),
                ('rate_bp', models.PositiveIntegerField(help_text='In hundredths of a percent.', verbose_name='tax rate')),
                ('net', models.BigIntegerField(verbose_name='net')),
                ('tax', models.BigIntegerField(verbose_name='tax')),
                ('gross', models.BigIntegerField(verbose_name='sum')),
                ('invoice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='orders.invoice', verbose_name='invoice')),
            ],
            options={
                'verbose_name': 'line of an invoice',
                'verbose_name_plural': 'lines of an invoice',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='InvoiceTax',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('country', django_countries.fields.CountryField(blank=True, max_length=2, verbose_name='country')),
                ('rate_bp', models.PositiveIntegerField(help_text='In hundredths of a percent.', verbose_name='tax rate')),
                ('net', models.BigIntegerField(verbose_name='net')),
                ('tax', models.BigIntegerField(verbose_name='tax')),
                ('gross', models.BigIntegerField(verbose_name='sum')),
                ('invoice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='taxes', to='orders.invoice', verbose_name='invoice')),
            ],
            options={
                'verbose_name': 'tax of an invoice',
                'verbose_name_plural': 'taxes of an invoice',
                'ordering': ['country', '-rate_bp'],
            },
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.UniqueConstraint(fields=('series', 'place'), name='one_paper_per_place_in_a_series'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.UniqueConstraint(condition=models.Q(('corrects', None), ('kind', 'invoice')), fields=('order',), name='one_first_invoice_per_order'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'invoice'), models.Q(('corrects__isnull', False), ('kind', 'credit_note')), _connector='OR'), name='credit_note_belongs_to_an_invoice'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(('place__gte', 1)), name='paper_has_a_place'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(('gross', django.db.models.expressions.CombinedExpression(models.F('net'), '+', models.F('tax'))), ('net__gte', 0), ('tax__gte', 0)), name='invoice_adds_up'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(('taxing', 'taxed'), ('tax', 0), _connector='OR'), name='untaxed_invoice_bears_no_tax'),
        ),
        migrations.AddConstraint(
            model_name='invoiceline',
            constraint=models.CheckConstraint(condition=models.Q(('gross', django.db.models.expressions.CombinedExpression(models.F('net'), '+', models.F('tax'))), ('net__gte', 0), ('tax__gte', 0)), name='invoice_line_adds_up'),
        ),
        migrations.AddConstraint(
            model_name='invoiceline',
            constraint=models.CheckConstraint(condition=models.Q(('discount__gte', 0), ('quantity__gte', 1)), name='invoice_line_is_sensible'),
        ),
        migrations.AddConstraint(
            model_name='invoicetax',
            constraint=models.UniqueConstraint(fields=('invoice', 'country', 'rate_bp'), name='one_invoice_tax_per_country_and_rate'),
        ),
        migrations.AddConstraint(
            model_name='invoicetax',
            constraint=models.CheckConstraint(condition=models.Q(('gross', django.db.models.expressions.CombinedExpression(models.F('net'), '+', models.F('tax'))), ('net__gte', 0), ('tax__gte', 0)), name='invoice_tax_adds_up'),
        ),
        migrations.RunPython(seal, unseal),
    ]
