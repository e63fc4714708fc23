import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0001_squashed_0025_quantities'),
        ('marketing', '0004_found_by_day'),
        ('orders', '0019_wish_of_an_order_line'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='event',
            name='category',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalog.category', verbose_name='category'),
        ),
        migrations.AddField(
            model_name='event',
            name='currency',
            field=models.CharField(blank=True, max_length=3, verbose_name='currency'),
        ),
        migrations.AddField(
            model_name='event',
            name='order',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='orders.order', verbose_name='order'),
        ),
        migrations.AddField(
            model_name='event',
            name='received_at',
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name='written down'),
        ),
        migrations.AddField(
            model_name='event',
            name='source',
            field=models.CharField(default='shop', max_length=20, verbose_name='told by'),
        ),
        migrations.AddField(
            model_name='event',
            name='text',
            field=models.CharField(blank=True, max_length=120, verbose_name='words'),
        ),
        migrations.AddField(
            model_name='event',
            name='value',
            field=models.BigIntegerField(blank=True, null=True, verbose_name='value'),
        ),
        migrations.AlterField(
            model_name='event',
            name='dedupe_key',
            field=models.CharField(blank=True, editable=False, max_length=80, null=True),
        ),
        migrations.AlterField(
            model_name='event',
            name='type',
            field=models.CharField(choices=[('product_viewed', 'product viewed'), ('category_viewed', 'category viewed'), ('searched', 'searched'), ('filtered', 'filtered'), ('content_read', 'page read'), ('added_to_cart', 'added to the cart'), ('removed_from_cart', 'removed from the cart'), ('checkout_started', 'checkout started'), ('checkout_step', 'step of the checkout'), ('order_placed', 'order placed'), ('order_paid', 'order paid'), ('order_cancelled', 'order cancelled'), ('order_shipped', 'order sent'), ('order_delivered', 'order delivered'), ('order_refunded', 'money given back'), ('reviewed', 'review written'), ('question_asked', 'question asked'), ('notice_asked', 'waits for goods or a price'), ('signed_up', 'account opened'), ('signed_in', 'signed in'), ('subscribed', 'subscribed'), ('unsubscribed', 'unsubscribed'), ('message_clicked', 'clicked in a message'), ('stage_changed', 'stage changed')], max_length=20, verbose_name='event'),
        ),
        migrations.CreateModel(
            name='Profile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail')),
                ('name', models.CharField(blank=True, max_length=160, verbose_name='name')),
                ('phone', models.CharField(blank=True, max_length=16, verbose_name='phone')),
                ('language', models.CharField(blank=True, max_length=5, verbose_name='language')),
                ('country', models.CharField(blank=True, max_length=2, verbose_name='country')),
                ('time_zone', models.CharField(blank=True, max_length=50, verbose_name='time zone')),
                ('birthday', models.DateField(blank=True, null=True, verbose_name='birthday')),
                ('stage', models.CharField(choices=[('known', 'known'), ('subscriber', 'subscriber'), ('shopper', 'shopper'), ('new_buyer', 'new buyer'), ('repeat', 'repeat buyer'), ('vip', 'VIP'), ('at_risk', 'at risk'), ('lapsed', 'lapsed'), ('sunset', 'out of reach')], default='known', max_length=12, verbose_name='stage')),
                ('stage_since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='in this stage since')),
                ('orders_count', models.PositiveIntegerField(default=0, verbose_name='orders')),
                ('first_order_at', models.DateTimeField(blank=True, null=True, verbose_name='first order')),
                ('last_order_at', models.DateTimeField(blank=True, null=True, verbose_name='last order')),
                ('spent', models.BigIntegerField(default=0, verbose_name='spent')),
                ('recency', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='recency')),
                ('frequency', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='frequency')),
                ('money', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='money')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='known since')),
                ('seen_at', models.DateTimeField(blank=True, null=True, verbose_name='last seen')),
                ('dirty_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('customer', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='profile', to=settings.AUTH_USER_MODEL, verbose_name='account')),
            ],
            options={
                'verbose_name': 'profile',
                'verbose_name_plural': 'profiles',
                'ordering': ['-id'],
            },
        ),
        migrations.AddField(
            model_name='event',
            name='profile',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='events', to='marketing.profile', verbose_name='profile'),
        ),
        migrations.CreateModel(
            name='Purchase',
            fields=[
                ('order', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='purchase', serialize=False, to='orders.order', verbose_name='order')),
                ('profile', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='purchases', to='marketing.profile', verbose_name='profile')),
            ],
            options={
                'verbose_name': 'purchase',
                'verbose_name_plural': 'purchases',
            },
        ),
        migrations.CreateModel(
            name='Segment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True, verbose_name='short name')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('description', models.CharField(blank=True, max_length=300, verbose_name='what it is for')),
                ('kind', models.CharField(choices=[('dynamic', 'by rule'), ('snapshot', 'frozen list')], default='dynamic', editable=False, max_length=8, verbose_name='kind')),
                ('rule', models.JSONField(blank=True, default=dict, verbose_name='rule')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('settled_version', models.PositiveIntegerField(default=0, editable=False)),
                ('size', models.PositiveIntegerField(default=0, editable=False, verbose_name='people')),
                ('counted_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='counted')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='made')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
            ],
            options={
                'verbose_name': 'segment',
                'verbose_name_plural': 'segments',
                'ordering': ['name', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['dynamic', 'snapshot'])), name='segment_kind_is_known')],
            },
        ),
        migrations.CreateModel(
            name='SegmentMembership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
                ('until', models.DateTimeField(blank=True, null=True, verbose_name='until')),
                ('profile', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='marketing.profile', verbose_name='profile')),
                ('segment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='marketing.segment', verbose_name='segment')),
            ],
            options={
                'verbose_name': 'membership',
                'verbose_name_plural': 'memberships',
                'ordering': ['-since', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Visitor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='visitor')),
                ('consented_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='agreed')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='first seen')),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='last seen')),
                ('profile', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='visitors', to='marketing.profile', verbose_name='profile')),
            ],
            options={
                'verbose_name': 'visitor',
                'verbose_name_plural': 'visitors',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Touch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(help_text='Such as google, newsletter or a host name.', max_length=80, verbose_name='source')),
                ('medium', models.CharField(blank=True, help_text='Such as cpc, email or referral.', max_length=40, verbose_name='medium')),
                ('campaign', models.CharField(blank=True, max_length=120, verbose_name='campaign')),
                ('term', models.CharField(blank=True, max_length=120, verbose_name='term')),
                ('content', models.CharField(blank=True, max_length=120, verbose_name='content')),
                ('click_id', models.CharField(blank=True, max_length=200, verbose_name='click id')),
                ('landing', models.CharField(blank=True, max_length=200, verbose_name='first page')),
                ('occurred_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='at')),
                ('message', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='touches', to='marketing.message', verbose_name='message')),
                ('profile', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='touches', to='marketing.profile', verbose_name='profile')),
                ('visitor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='touches', to='marketing.visitor', verbose_name='visitor')),
            ],
            options={
                'verbose_name': 'arrival',
                'verbose_name_plural': 'arrivals',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Episode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.PositiveSmallIntegerField(choices=[(1, 'looked around'), (2, 'filled a cart'), (3, 'began a checkout'), (4, 'ordered')], default=1, verbose_name='deepest step')),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='began')),
                ('active_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='last active')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('profile', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='episodes', to='marketing.profile', verbose_name='profile')),
                ('visitor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='episodes', to='marketing.visitor', verbose_name='visitor')),
            ],
            options={
                'verbose_name': 'shopping episode',
                'verbose_name_plural': 'shopping episodes',
                'ordering': ['-id'],
            },
        ),
        migrations.AddField(
            model_name='event',
            name='visitor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='marketing.visitor', verbose_name='visitor'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(condition=models.Q(('profile__isnull', False)), fields=['profile', 'type', 'occurred_at'], name='event_of_profile'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(condition=models.Q(('visitor__isnull', False)), fields=['visitor', 'occurred_at'], name='event_of_visitor'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.UniqueConstraint(fields=('source', 'dedupe_key'), name='event_is_told_once'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('value__isnull', True), models.Q(('currency', ''), _negated=True), _connector='OR'), name='event_value_has_a_currency'),
        ),
        migrations.AddIndex(
            model_name='profile',
            index=models.Index(condition=models.Q(('dirty_at__isnull', False)), fields=['dirty_at'], name='profile_dirty'),
        ),
        migrations.AddIndex(
            model_name='profile',
            index=models.Index(fields=['stage', 'stage_since'], name='profile_stage'),
        ),
        migrations.AddIndex(
            model_name='profile',
            index=models.Index(fields=['last_order_at'], name='profile_last_order'),
        ),
        migrations.AddConstraint(
            model_name='profile',
            constraint=models.CheckConstraint(condition=models.Q(('email', ''), _negated=True), name='profile_has_an_address'),
        ),
        migrations.AddConstraint(
            model_name='profile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('first_order_at', None), ('last_order_at', None), ('orders_count', 0)), models.Q(('first_order_at__isnull', False), ('last_order_at__gte', models.F('first_order_at')), ('orders_count__gt', 0)), _connector='OR'), name='profile_orders_have_dates'),
        ),
        migrations.AddConstraint(
            model_name='profile',
            constraint=models.CheckConstraint(condition=models.Q(('recency', None), ('recency__range', (1, 5)), _connector='OR'), name='profile_recency_is_1_to_5'),
        ),
        migrations.AddConstraint(
            model_name='profile',
            constraint=models.CheckConstraint(condition=models.Q(('frequency', None), ('frequency__range', (1, 5)), _connector='OR'), name='profile_frequency_is_1_to_5'),
        ),
        migrations.AddConstraint(
            model_name='profile',
            constraint=models.CheckConstraint(condition=models.Q(('money', None), ('money__range', (1, 5)), _connector='OR'), name='profile_money_is_1_to_5'),
        ),
        migrations.AddIndex(
            model_name='segmentmembership',
            index=models.Index(fields=['segment', 'since'], name='membership_by_day'),
        ),
        migrations.AddConstraint(
            model_name='segmentmembership',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('segment', 'profile'), name='one_membership_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='segmentmembership',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='membership_ends_after_it_began'),
        ),
        migrations.AddIndex(
            model_name='touch',
            index=models.Index(fields=['occurred_at', 'source'], name='touch_by_day'),
        ),
        migrations.AddIndex(
            model_name='touch',
            index=models.Index(fields=['profile', 'occurred_at'], name='touch_of_profile'),
        ),
        migrations.AddIndex(
            model_name='episode',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['step', 'active_at'], name='episode_left_at'),
        ),
        migrations.AddConstraint(
            model_name='episode',
            constraint=models.CheckConstraint(condition=models.Q(('profile__isnull', False), ('visitor__isnull', False), _connector='OR'), name='episode_is_somebodys'),
        ),
        migrations.AddConstraint(
            model_name='episode',
            constraint=models.CheckConstraint(condition=models.Q(('step__range', (1, 4))), name='episode_step_is_known'),
        ),
        migrations.AddConstraint(
            model_name='episode',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('step', 4), _negated=True), ('ended_at__isnull', False), _connector='OR'), name='ordered_episode_has_ended'),
        ),
        migrations.AddConstraint(
            model_name='episode',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None), ('profile__isnull', False)), fields=('profile',), name='one_episode_per_profile'),
        ),
        migrations.AddConstraint(
            model_name='episode',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None), ('profile', None)), fields=('visitor',), name='one_episode_per_unknown_visitor'),
        ),
    ]
