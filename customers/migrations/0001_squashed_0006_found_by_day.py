"""Everything up to 0006_found_by_day in one step, for databases that begin now.

Those that began before go on step by step.
"""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import django_countries.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('customers', '0001_initial'), ('customers', '0002_recent_searches'), ('customers', '0003_customer_group'), ('customers', '0004_tax'), ('customers', '0005_gift_card_years'), ('customers', '0006_found_by_day')]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='CustomerGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
            ],
            options={
                'verbose_name': 'customer group',
                'verbose_name_plural': 'customer groups',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Suppression',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail')),
                ('reason', models.CharField(choices=[('unsubscribed', 'unsubscribed'), ('bounced', 'address does not exist'), ('complained', 'complained'), ('by_staff', 'set by staff')], max_length=14, verbose_name='reason')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='at')),
            ],
            options={
                'verbose_name': 'suppressed address',
                'verbose_name_plural': 'suppressed addresses',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Mail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120, unique=True, verbose_name='occasion')),
                ('to', models.EmailField(max_length=254, verbose_name='to')),
                ('language', models.CharField(max_length=5, verbose_name='language')),
                ('subject', models.CharField(max_length=255, verbose_name='subject')),
                ('text', models.TextField(verbose_name='text')),
                ('html', models.TextField(verbose_name='HTML')),
                ('status', models.CharField(choices=[('queued', 'waiting'), ('claimed', 'being sent'), ('sent', 'sent'), ('failed', 'failed')], default='queued', max_length=8, verbose_name='status')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('due_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='due')),
                ('claimed_at', models.DateTimeField(blank=True, null=True, verbose_name='taken up')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent')),
                ('error', models.TextField(blank=True, verbose_name='what went wrong')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written')),
            ],
            options={
                'verbose_name': 'mail',
                'verbose_name_plural': 'mails',
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['status', 'due_at'], name='mail_due'), models.Index(fields=['created_at'], name='mail_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['queued', 'claimed', 'sent', 'failed'])), name='mail_status_is_known')],
            },
        ),
        migrations.CreateModel(
            name='ShopDetails',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(default='Vitrina', max_length=80, verbose_name='name of the shop')),
                ('tagline', models.CharField(blank=True, max_length=160, verbose_name='one sentence that says what is sold')),
                ('tagline_en', models.CharField(blank=True, max_length=160, null=True, verbose_name='one sentence that says what is sold')),
                ('tagline_es', models.CharField(blank=True, max_length=160, null=True, verbose_name='one sentence that says what is sold')),
                ('tagline_ru', models.CharField(blank=True, max_length=160, null=True, verbose_name='one sentence that says what is sold')),
                ('legal_name', models.CharField(blank=True, max_length=160, verbose_name='legal name')),
                ('address', models.TextField(blank=True, verbose_name='address')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='phone')),
                ('vat_number', models.CharField(blank=True, max_length=40, verbose_name='VAT number')),
                ('prices_include_tax', models.BooleanField(default=True, help_text='Not ticked: you type prices without tax, shoppers see them so, and tax is added in the cart.', verbose_name='prices contain tax')),
                ('tax_rounding', models.CharField(choices=[('line', 'in each row'), ('net', 'once per rate, from the sum without tax; the total may move by cents'), ('gross', 'once per rate, and what a customer pays stays as shown')], default='line', max_length=8, verbose_name='tax is rounded')),
                ('delivery_tax', models.CharField(choices=[('standard', 'the standard rate'), ('goods', 'the rates of the goods, in proportion to their sums')], default='standard', max_length=8, verbose_name='delivery is taxed at')),
                ('taxes_at_home', models.BooleanField(default=False, help_text='For sellers below 10,000 € a year of sales to consumers in other countries of the EU.', verbose_name='other countries of the EU pay the tax of ours')),
                ('gift_card_years', models.PositiveSmallIntegerField(default=0, help_text='0: for ever. Holds for cards sold from now on.', verbose_name='years that a gift card is valid')),
            ],
            options={
                'verbose_name': 'shop details',
                'verbose_name_plural': 'shop details',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_row_of_shop_details')],
            },
        ),
        migrations.CreateModel(
            name='Customer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail')),
                ('name', models.CharField(blank=True, max_length=160, verbose_name='full name')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='phone')),
                ('language', models.CharField(choices=[('en', 'English'), ('es', 'Español'), ('ru', 'Русский')], default='en', max_length=5, verbose_name='language')),
                ('tax_exempt_reason', models.CharField(blank=True, help_text='Such as an embassy. Empty: pays tax like everybody. The customer does not see the reason.', max_length=200, verbose_name='exempt from tax because')),
                ('is_staff', models.BooleanField(default=False, verbose_name='may enter the back office')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='joined')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ('group', models.ForeignKey(blank=True, help_text='Gets the prices of the lists made for this group.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='customers', to='customers.customergroup', to_field='code', verbose_name='customer group')),
            ],
            options={
                'verbose_name': 'customer',
                'verbose_name_plural': 'customers',
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='customer_email_is_unique')],
            },
        ),
        migrations.CreateModel(
            name='RecentSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=40)),
                ('searched_at', models.DateTimeField()),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recent_searches', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-searched_at'],
                'constraints': [models.UniqueConstraint(fields=('customer', 'words'), name='recent_search_is_kept_once')],
            },
        ),
        migrations.CreateModel(
            name='Address',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160, verbose_name='full name')),
                ('company', models.CharField(blank=True, max_length=160, verbose_name='company')),
                ('line1', models.CharField(max_length=200, verbose_name='street and number')),
                ('line2', models.CharField(blank=True, max_length=200, verbose_name='flat, floor, entrance')),
                ('postcode', models.CharField(blank=True, max_length=20, verbose_name='postcode')),
                ('city', models.CharField(max_length=120, verbose_name='town')),
                ('region', models.CharField(blank=True, max_length=120, verbose_name='region')),
                ('country', django_countries.fields.CountryField(max_length=2, verbose_name='country')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='phone')),
                ('is_default', models.BooleanField(default=False, verbose_name='usual address')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='addresses', to=settings.AUTH_USER_MODEL, verbose_name='customer')),
            ],
            options={
                'verbose_name': 'address',
                'verbose_name_plural': 'addresses',
                'ordering': ['-is_default', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_default', True)), fields=('customer',), name='one_usual_address_per_customer')],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(db_index=True, max_length=254, verbose_name='e-mail')),
                ('purpose', models.CharField(choices=[('marketing', 'news and reminders'), ('analytics', 'analytics')], max_length=12, verbose_name='purpose')),
                ('channel', models.CharField(choices=[('email', 'e-mail'), ('web', 'website')], max_length=8, verbose_name='channel')),
                ('status', models.CharField(choices=[('granted', 'granted'), ('pending', 'not confirmed yet'), ('withdrawn', 'withdrawn')], max_length=10, verbose_name='status')),
                ('wording', models.TextField(help_text='The sentence that the person agreed to.', verbose_name='wording')),
                ('source', models.CharField(help_text='Such as checkout, account or unsubscribe.', max_length=60, verbose_name='source')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='at')),
                ('customer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='consents', to=settings.AUTH_USER_MODEL, verbose_name='customer')),
            ],
            options={
                'verbose_name': 'consent',
                'verbose_name_plural': 'consents',
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['email', 'purpose', 'channel', '-id'], name='consent_newest'), models.Index(fields=['created_at'], name='consent_by_day')],
            },
        ),
    ]
