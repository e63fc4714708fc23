"""Everything up to 0004_found_by_day in one step, for databases that begin now.

Those that began before go on step by step.
"""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('marketing', '0001_initial'), ('marketing', '0002_voices'), ('marketing', '0003_notice_market'), ('marketing', '0004_found_by_day')]

    initial = True

    dependencies = [
        ('catalog', '0001_squashed_0025_quantities'),
        ('customers', '__first__'),
        ('orders', '0001_squashed_0018_found_by_word'),
    ]

    operations = [
        migrations.CreateModel(
            name='Flow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('trigger', models.CharField(choices=[('cart_abandoned', 'a cart was left behind')], max_length=20, unique=True, verbose_name='when')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('status', models.CharField(choices=[('draft', 'draft'), ('live', 'live'), ('paused', 'paused')], default='draft', max_length=8, verbose_name='status')),
                ('delay_minutes', models.PositiveIntegerField(default=240, help_text='Counted from the last thing the shopper did with the cart. Four hours is a good start.', validators=[django.core.validators.MinValueValidator(15), django.core.validators.MaxValueValidator(10080)], verbose_name='minutes to wait')),
                ('deadline_hours', models.PositiveIntegerField(default=72, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(720)], verbose_name='hours after which it is too late')),
                ('cooldown_days', models.PositiveIntegerField(default=7, validators=[django.core.validators.MaxValueValidator(365)], verbose_name='days between two reminders to one person')),
                ('subject', models.CharField(max_length=150, verbose_name='subject')),
                ('subject_en', models.CharField(max_length=150, null=True, verbose_name='subject')),
                ('subject_es', models.CharField(max_length=150, null=True, verbose_name='subject')),
                ('subject_ru', models.CharField(max_length=150, null=True, verbose_name='subject')),
                ('preheader', models.CharField(blank=True, max_length=150, verbose_name='line shown beside the subject')),
                ('preheader_en', models.CharField(blank=True, max_length=150, null=True, verbose_name='line shown beside the subject')),
                ('preheader_es', models.CharField(blank=True, max_length=150, null=True, verbose_name='line shown beside the subject')),
                ('preheader_ru', models.CharField(blank=True, max_length=150, null=True, verbose_name='line shown beside the subject')),
                ('heading', models.CharField(max_length=150, verbose_name='heading')),
                ('heading_en', models.CharField(max_length=150, null=True, verbose_name='heading')),
                ('heading_es', models.CharField(max_length=150, null=True, verbose_name='heading')),
                ('heading_ru', models.CharField(max_length=150, null=True, verbose_name='heading')),
                ('body', models.TextField(verbose_name='text')),
                ('body_en', models.TextField(null=True, verbose_name='text')),
                ('body_es', models.TextField(null=True, verbose_name='text')),
                ('body_ru', models.TextField(null=True, verbose_name='text')),
                ('live_since', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='live since')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
            ],
            options={
                'verbose_name': 'flow',
                'verbose_name_plural': 'flows',
            },
        ),
        migrations.CreateModel(
            name='WantedVariant',
            fields=[
            ],
            options={
                'verbose_name': 'article people wait for',
                'verbose_name_plural': 'articles people wait for',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('catalog.variant',),
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('pending', 'waits to be read'), ('published', 'published'), ('rejected', 'rejected')], default='pending', max_length=9, verbose_name='state')),
                ('grounds', models.CharField(blank=True, choices=[('offensive', 'it insults somebody'), ('private', 'it tells something private about a person'), ('spam', 'it advertises something else'), ('off_topic', 'it is not about this product'), ('not_genuine', "it does not seem to be about an experience of one's own"), ('illegal', 'it breaks the law')], max_length=12, verbose_name='why not')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='changed')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('name', models.CharField(max_length=60, verbose_name='shown name')),
                ('language', models.CharField(choices=[('en', 'English'), ('es', 'Español'), ('ru', 'Русский')], max_length=5, verbose_name='language')),
                ('text', models.TextField(verbose_name='question')),
                ('words', models.TextField(blank=True, editable=False)),
                ('customer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='questions', to=settings.AUTH_USER_MODEL, verbose_name='customer')),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='catalog.product', verbose_name='product')),
            ],
            options={
                'verbose_name': 'question',
                'verbose_name_plural': 'questions',
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['product', 'state', '-published_at'], name='question_of_product'), models.Index(fields=['state', 'id'], name='question_queue')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'published', 'rejected'])), name='question_state_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('pending', 'waits to be read'), ('published', 'published'), ('rejected', 'rejected')], default='pending', max_length=9, verbose_name='state')),
                ('grounds', models.CharField(blank=True, choices=[('offensive', 'it insults somebody'), ('private', 'it tells something private about a person'), ('spam', 'it advertises something else'), ('off_topic', 'it is not about this product'), ('not_genuine', "it does not seem to be about an experience of one's own"), ('illegal', 'it breaks the law')], max_length=12, verbose_name='why not')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='changed')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('rating', models.PositiveSmallIntegerField(verbose_name='stars')),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='title')),
                ('text', models.TextField(verbose_name='text')),
                ('fit', models.CharField(blank=True, choices=[('small', 'runs small'), ('true', 'true to size'), ('large', 'runs large')], max_length=5, verbose_name='fit')),
                ('pictures', models.JSONField(blank=True, default=list, verbose_name='pictures')),
                ('name', models.CharField(max_length=60, verbose_name='shown name')),
                ('language', models.CharField(choices=[('en', 'English'), ('es', 'Español'), ('ru', 'Русский')], max_length=5, verbose_name='language')),
                ('is_verified', models.BooleanField(default=False, verbose_name='bought here')),
                ('reply', models.TextField(blank=True, help_text='Shown below the review; its author gets a mail.', verbose_name='your reply')),
                ('replied_at', models.DateTimeField(blank=True, null=True, verbose_name='replied')),
                ('helpful', models.PositiveIntegerField(default=0, verbose_name='found helpful by')),
                ('reports', models.PositiveIntegerField(default=0, verbose_name='open reports')),
                ('customer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reviews', to=settings.AUTH_USER_MODEL, verbose_name='customer')),
                ('order', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reviews', to='orders.order', verbose_name='order')),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='catalog.product', verbose_name='product')),
            ],
            options={
                'verbose_name': 'review',
                'verbose_name_plural': 'reviews',
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['product', 'state', '-published_at'], name='review_of_product'), models.Index(fields=['state', 'id'], name='review_queue')],
                'constraints': [models.UniqueConstraint(fields=('product', 'customer'), name='one_review_per_customer_and_product'), models.UniqueConstraint(condition=models.Q(('customer', None)), fields=('product', 'email'), name='one_review_per_guest_and_product'), models.CheckConstraint(condition=models.Q(('rating__range', (1, 5))), name='review_has_one_to_five_stars'), models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'published', 'rejected'])), name='review_state_is_known'), models.CheckConstraint(condition=models.Q(('fit__in', ['', 'small', 'true', 'large'])), name='review_fit_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('type', models.CharField(choices=[('product_viewed', 'product viewed'), ('added_to_cart', 'added to the cart'), ('checkout_started', 'checkout started'), ('order_placed', 'order placed'), ('order_paid', 'order paid')], max_length=20, verbose_name='event')),
                ('dedupe_key', models.CharField(blank=True, editable=False, max_length=80, null=True, unique=True)),
                ('occurred_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='at')),
                ('customer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='customer')),
                ('product', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalog.product', verbose_name='product')),
            ],
            options={
                'verbose_name': 'event',
                'verbose_name_plural': 'events',
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['type', 'occurred_at', 'product'], name='event_window')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('stock', 'back in stock'), ('price', 'price drop')], max_length=5, verbose_name='for')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('language', models.CharField(choices=[('en', 'English'), ('es', 'Español'), ('ru', 'Русский')], max_length=5, verbose_name='language')),
                ('seen_price', models.BigIntegerField(verbose_name='price when asked')),
                ('market', models.CharField(max_length=80, verbose_name='price for')),
                ('status', models.CharField(choices=[('unconfirmed', 'address not confirmed'), ('waiting', 'waiting'), ('sent', 'sent'), ('cancelled', 'cancelled')], default='unconfirmed', max_length=11, verbose_name='status')),
                ('reason', models.CharField(blank=True, max_length=20, verbose_name='why')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent')),
                ('customer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL, verbose_name='customer')),
                ('variant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='catalog.variant', verbose_name='variant')),
            ],
            options={
                'verbose_name': 'notice',
                'verbose_name_plural': 'notices',
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['created_at'], name='notice_by_day'), models.Index(fields=['kind', 'status', 'variant', 'confirmed_at'], name='notice_turn'), models.Index(fields=['variant', 'kind', 'sent_at'], name='notice_sent')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status__in', ['unconfirmed', 'waiting'])), fields=('email', 'variant', 'kind'), name='one_open_notice_per_address_variant_and_kind'), models.CheckConstraint(condition=models.Q(('kind__in', ['stock', 'price'])), name='notice_kind_is_known'), models.CheckConstraint(condition=models.Q(('status__in', ['unconfirmed', 'waiting', 'sent', 'cancelled'])), name='notice_status_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'sent'), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='sent_notice_has_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'waiting'), _negated=True), ('confirmed_at__isnull', False), _connector='OR'), name='waiting_notice_is_confirmed')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('pending', 'waits to be read'), ('published', 'published'), ('rejected', 'rejected')], default='pending', max_length=9, verbose_name='state')),
                ('grounds', models.CharField(blank=True, choices=[('offensive', 'it insults somebody'), ('private', 'it tells something private about a person'), ('spam', 'it advertises something else'), ('off_topic', 'it is not about this product'), ('not_genuine', "it does not seem to be about an experience of one's own"), ('illegal', 'it breaks the law')], max_length=12, verbose_name='why not')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='changed')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published')),
                ('by_staff', models.BooleanField(default=False, verbose_name='by the shop')),
                ('name', models.CharField(blank=True, max_length=60, verbose_name='shown name')),
                ('language', models.CharField(choices=[('en', 'English'), ('es', 'Español'), ('ru', 'Русский')], max_length=5, verbose_name='language')),
                ('text', models.TextField(verbose_name='answer')),
                ('customer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='marketing.question', verbose_name='question')),
            ],
            options={
                'verbose_name': 'answer',
                'verbose_name_plural': 'answers',
                'ordering': ['-by_staff', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'published', 'rejected'])), name='answer_state_is_known'), models.UniqueConstraint(condition=models.Q(('by_staff', False)), fields=('question', 'customer'), name='one_answer_per_customer_and_question')],
            },
        ),
        migrations.CreateModel(
            name='ReviewReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('offensive', 'It insults somebody'), ('private', 'It tells something private'), ('spam', 'It is advertising'), ('false', 'It is not about this product, or made up'), ('other', 'Something else')], max_length=10, verbose_name='reason')),
                ('text', models.CharField(blank=True, max_length=500, verbose_name='in their words')),
                ('reporter', models.CharField(editable=False, max_length=64)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='at')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='settled')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='report_set', to='marketing.review', verbose_name='review')),
            ],
            options={
                'verbose_name': 'report of a review',
                'verbose_name_plural': 'reports of a review',
                'ordering': ['-id'],
                'constraints': [models.UniqueConstraint(fields=('review', 'reporter'), name='one_report_per_review_and_reporter'), models.CheckConstraint(condition=models.Q(('reason__in', ['offensive', 'private', 'spam', 'false', 'other'])), name='review_report_reason_is_known')],
            },
        ),
        migrations.CreateModel(
            name='ReviewVote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('voter', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='marketing.review')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('review', 'voter'), name='one_vote_per_review_and_voter')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120, unique=True, verbose_name='occasion')),
                ('address', models.EmailField(max_length=254, verbose_name='to')),
                ('language', models.CharField(max_length=5, verbose_name='language')),
                ('status', models.CharField(choices=[('planned', 'planned'), ('claimed', 'being sent'), ('handed_over', 'sent'), ('skipped', 'not sent'), ('failed', 'failed'), ('in_doubt', 'in doubt')], default='planned', max_length=12, verbose_name='status')),
                ('reason', models.CharField(blank=True, max_length=60, verbose_name='why')),
                ('decision', models.JSONField(blank=True, default=dict, verbose_name='decision')),
                ('subject', models.CharField(blank=True, max_length=255, verbose_name='subject')),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('html', models.TextField(blank=True, verbose_name='HTML')),
                ('planned_for', models.DateTimeField(verbose_name='planned for')),
                ('deadline', models.DateTimeField(verbose_name='not after')),
                ('claimed_at', models.DateTimeField(blank=True, null=True, verbose_name='taken up')),
                ('handed_over_at', models.DateTimeField(blank=True, null=True, verbose_name='sent')),
                ('clicked_at', models.DateTimeField(blank=True, null=True, verbose_name='clicked')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written')),
                ('cart', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='orders.cart', verbose_name='cart')),
                ('customer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='customer')),
                ('flow', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='marketing.flow', verbose_name='flow')),
            ],
            options={
                'verbose_name': 'message',
                'verbose_name_plural': 'messages',
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['status', 'planned_for'], name='message_due'), models.Index(fields=['planned_for'], name='message_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['planned', 'claimed', 'handed_over', 'skipped', 'failed', 'in_doubt'])), name='message_status_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'handed_over'), _negated=True), ('handed_over_at__isnull', False), _connector='OR'), name='sent_message_has_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'skipped'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='skipped_message_says_why')],
            },
        ),
    ]
