import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0004_search_index'),
    ]

    operations = [
        migrations.CreateModel(
            name='Fact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(editable=False, max_length=10, verbose_name='kind')),
                ('text', models.CharField(blank=True, default='', max_length=500, verbose_name='text')),
                ('text_en', models.CharField(blank=True, default='', max_length=500, null=True, verbose_name='text')),
                ('text_es', models.CharField(blank=True, default='', max_length=500, null=True, verbose_name='text')),
                ('text_ru', models.CharField(blank=True, default='', max_length=500, null=True, verbose_name='text')),
                ('number', models.DecimalField(blank=True, decimal_places=4, max_digits=15, null=True, verbose_name='number')),
                ('yes', models.BooleanField(blank=True, null=True, verbose_name='yes or no')),
                ('day', models.DateField(blank=True, null=True, verbose_name='date')),
                ('path', models.CharField(blank=True, default='', max_length=255, verbose_name='path')),
                ('size', models.PositiveBigIntegerField(default=0, verbose_name='size')),
            ],
            options={
                'verbose_name': 'fact',
                'verbose_name_plural': 'facts',
            },
        ),
        migrations.CreateModel(
            name='ProductType',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60, validators=[django.core.validators.RegexValidator('^[a-z0-9][a-z0-9-]*$', 'Use small Latin letters, digits and hyphens.')], verbose_name='code')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('name_en', models.CharField(max_length=60, null=True, verbose_name='name')),
                ('name_es', models.CharField(max_length=60, null=True, verbose_name='name')),
                ('name_ru', models.CharField(max_length=60, null=True, verbose_name='name')),
                ('kind', models.CharField(default='physical', max_length=10, verbose_name='kind')),
                ('tax_class', models.CharField(default='standard', max_length=10, verbose_name='tax')),
                ('size_guide', models.TextField(blank=True, help_text='A table or a few sentences, opened beside the choice of size.', verbose_name='size guide')),
                ('size_guide_en', models.TextField(blank=True, help_text='A table or a few sentences, opened beside the choice of size.', null=True, verbose_name='size guide')),
                ('size_guide_es', models.TextField(blank=True, help_text='A table or a few sentences, opened beside the choice of size.', null=True, verbose_name='size guide')),
                ('size_guide_ru', models.TextField(blank=True, help_text='A table or a few sentences, opened beside the choice of size.', null=True, verbose_name='size guide')),
            ],
            options={
                'verbose_name': 'product type',
                'verbose_name_plural': 'product types',
                'ordering': ['position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='TypeAttribute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_required', models.BooleanField(default=False, help_text='Without it, a product of this type is not published.', verbose_name='required')),
                ('position', models.PositiveSmallIntegerField(db_index=True, default=0, verbose_name='position')),
            ],
            options={
                'verbose_name': 'attribute of the type',
                'verbose_name_plural': 'attributes of the type',
                'ordering': ['position', 'id'],
            },
        ),
        migrations.AddField(
            model_name='attribute',
            name='is_public',
            field=models.BooleanField(default=True, help_text='Unticked, only the back office sees it.', verbose_name='shown to shoppers'),
        ),
        migrations.AddField(
            model_name='attribute',
            name='kind',
            field=models.CharField(choices=[('choice', 'choice'), ('swatch', 'choice with colours'), ('text', 'text'), ('number', 'number'), ('yes-no', 'yes or no'), ('date', 'date'), ('file', 'file'), ('reference', 'another product')], default='choice', max_length=10, verbose_name='kind'),
        ),
        migrations.AddField(
            model_name='attribute',
            name='note',
            field=models.CharField(blank=True, help_text='Stands below the field on a product.', max_length=200, verbose_name='note for colleagues'),
        ),
        migrations.AddField(
            model_name='attribute',
            name='on_card',
            field=models.BooleanField(default=False, help_text='Below the name of a product. Shoppers can then filter by it.', verbose_name='shown in lists'),
        ),
        migrations.AddField(
            model_name='attribute',
            name='own_unit',
            field=models.CharField(blank=True, help_text='For a unit that is not in the list, such as g/m².', max_length=20, verbose_name='own unit'),
        ),
        migrations.AddField(
            model_name='attribute',
            name='own_unit_en',
            field=models.CharField(blank=True, help_text='For a unit that is not in the list, such as g/m².', max_length=20, null=True, verbose_name='own unit'),
        ),
        migrations.AddField(
            model_name='attribute',
            name='own_unit_es',
            field=models.CharField(blank=True, help_text='For a unit that is not in the list, such as g/m².', max_length=20, null=True, verbose_name='own unit'),
        ),
        migrations.AddField(
            model_name='attribute',
            name='own_unit_ru',
            field=models.CharField(blank=True, help_text='For a unit that is not in the list, such as g/m².', max_length=20, null=True, verbose_name='own unit'),
        ),
        migrations.AddField(
            model_name='attribute',
            name='unit',
            field=models.CharField(blank=True, max_length=40, verbose_name='unit'),
        ),
        migrations.AddField(
            model_name='attributevalue',
            name='swatch',
            field=models.CharField(blank=True, help_text='A colour such as #a0522d.', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-fA-F]{6}$', 'Write a colour such as #a0522d.')], verbose_name='swatch'),
        ),
        migrations.AddField(
            model_name='facetvalue',
            name='number',
            field=models.DecimalField(decimal_places=4, max_digits=15, null=True),
        ),
        migrations.AlterField(
            model_name='attribute',
            name='is_filter',
            field=models.BooleanField(default=True, help_text='Choices, numbers, and yes or no.', verbose_name='can be filtered by'),
        ),
        migrations.AlterField(
            model_name='optionvalue',
            name='swatch',
            field=models.CharField(blank=True, help_text='A colour such as #a0522d.', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-fA-F]{6}$', 'Write a colour such as #a0522d.')], verbose_name='swatch'),
        ),
        migrations.AddConstraint(
            model_name='attribute',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['choice', 'swatch', 'text', 'number', 'yes-no', 'date', 'file', 'reference'])), name='attribute_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='attribute',
            constraint=models.CheckConstraint(condition=models.Q(('is_filter', False), models.Q(('is_public', True), ('kind__in', ['choice', 'swatch', 'number', 'yes-no'])), _connector='OR'), name='attribute_filter_fits_its_kind'),
        ),
        migrations.AddConstraint(
            model_name='attribute',
            constraint=models.CheckConstraint(condition=models.Q(('on_card', False), ('is_filter', True), _connector='OR'), name='attribute_on_cards_is_a_filter'),
        ),
        migrations.AddField(
            model_name='fact',
            name='attribute',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='facts', to='catalog.attribute', verbose_name='attribute'),
        ),
        migrations.AddField(
            model_name='fact',
            name='product',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='facts', to='catalog.product', verbose_name='product'),
        ),
        migrations.AddField(
            model_name='fact',
            name='reference',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalog.product', verbose_name='another product'),
        ),
        migrations.AddField(
            model_name='producttype',
            name='options',
            field=models.ManyToManyField(blank=True, help_text='What a shopper usually chooses of such goods, such as size. A new product begins with these.', related_name='+', to='catalog.option', verbose_name='options'),
        ),
        migrations.AddField(
            model_name='product',
            name='type',
            field=models.ForeignKey(blank=True, help_text='Says which facts belong to it. Save, and their fields appear.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='products', to='catalog.producttype', verbose_name='type'),
        ),
        migrations.AddField(
            model_name='typeattribute',
            name='attribute',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='catalog.attribute', verbose_name='attribute'),
        ),
        migrations.AddField(
            model_name='typeattribute',
            name='type',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='catalog.producttype', verbose_name='product type'),
        ),
        migrations.AddField(
            model_name='producttype',
            name='attributes',
            field=models.ManyToManyField(related_name='types', through='catalog.TypeAttribute', to='catalog.attribute', verbose_name='attributes'),
        ),
        migrations.AddConstraint(
            model_name='fact',
            constraint=models.UniqueConstraint(fields=('product', 'attribute'), name='product_has_a_fact_once'),
        ),
        migrations.AddConstraint(
            model_name='fact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'text'), models.Q(('text', ''), _negated=True), models.Q(('number__isnull', False), _negated=True), models.Q(('yes__isnull', False), _negated=True), models.Q(('day__isnull', False), _negated=True), ('path', ''), models.Q(('reference__isnull', False), _negated=True)), models.Q(('kind', 'number'), ('text', ''), ('number__isnull', False), models.Q(('yes__isnull', False), _negated=True), models.Q(('day__isnull', False), _negated=True), ('path', ''), models.Q(('reference__isnull', False), _negated=True)), models.Q(('kind', 'yes-no'), ('text', ''), models.Q(('number__isnull', False), _negated=True), ('yes__isnull', False), models.Q(('day__isnull', False), _negated=True), ('path', ''), models.Q(('reference__isnull', False), _negated=True)), models.Q(('kind', 'date'), ('text', ''), models.Q(('number__isnull', False), _negated=True), models.Q(('yes__isnull', False), _negated=True), ('day__isnull', False), ('path', ''), models.Q(('reference__isnull', False), _negated=True)), models.Q(('kind', 'file'), ('text', ''), models.Q(('number__isnull', False), _negated=True), models.Q(('yes__isnull', False), _negated=True), models.Q(('day__isnull', False), _negated=True), models.Q(('path', ''), _negated=True), models.Q(('reference__isnull', False), _negated=True)), models.Q(('kind', 'reference'), ('text', ''), models.Q(('number__isnull', False), _negated=True), models.Q(('yes__isnull', False), _negated=True), models.Q(('day__isnull', False), _negated=True), ('path', ''), ('reference__isnull', False)), _connector='OR'), name='fact_fills_the_fitting_column'),
        ),
        migrations.AddConstraint(
            model_name='fact',
            constraint=models.CheckConstraint(condition=models.Q(('reference__isnull', True), models.Q(('reference', models.F('product')), _negated=True), _connector='OR'), name='fact_leads_elsewhere'),
        ),
        migrations.AddConstraint(
            model_name='typeattribute',
            constraint=models.UniqueConstraint(fields=('type', 'attribute'), name='type_has_an_attribute_once'),
        ),
        migrations.AddConstraint(
            model_name='producttype',
            constraint=models.UniqueConstraint(fields=('code',), name='product_type_code_is_unique'),
        ),
    ]
