"""Flows have versions, and people on the way through them."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0001_squashed_0025_quantities'),
        ('marketing', '0016_broadcasts'),
        ('orders', '0028_told_by_text'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Enrolment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120, verbose_name='occasion')),
                ('since', models.DateTimeField(verbose_name='set off')),
                ('seen', models.CharField(blank=True, max_length=200, verbose_name='what happened')),
                ('entered_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='entered')),
                ('step', models.CharField(blank=True, max_length=12, verbose_name='step')),
                ('due_at', models.DateTimeField(blank=True, null=True, verbose_name='due')),
                ('status', models.CharField(choices=[('waiting', 'on the way'), ('completed', 'through'), ('exited', 'left on the way'), ('held_out', 'held back'), ('turned_away', 'not let in')], default='waiting', max_length=12, verbose_name='status')),
                ('reason', models.CharField(blank=True, max_length=60, verbose_name='why')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('arms', models.JSONField(blank=True, default=dict, verbose_name='ways')),
                ('decision', models.JSONField(blank=True, default=dict, verbose_name='decision')),
            ],
            options={
                'verbose_name': 'way through a flow',
                'verbose_name_plural': 'ways through flows',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='FlowVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='version')),
                ('definition', models.JSONField(verbose_name='definition')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='published')),
            ],
            options={
                'verbose_name': 'version of a flow',
                'verbose_name_plural': 'versions of a flow',
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='Rehearsal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('definition', models.JSONField(verbose_name='definition')),
                ('edition', models.PositiveIntegerField(default=0)),
                ('since', models.DateTimeField(verbose_name='from')),
                ('until', models.DateTimeField(verbose_name='until')),
                ('status', models.CharField(choices=[('running', 'running'), ('done', 'done'), ('failed', 'failed')], default='running', max_length=8, verbose_name='status')),
                ('done', models.PositiveIntegerField(default=0)),
                ('to_do', models.PositiveIntegerField(default=0)),
                ('result', models.JSONField(blank=True, default=dict, verbose_name='result')),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='begun')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
            ],
            options={
                'verbose_name': 'rehearsal',
                'verbose_name_plural': 'rehearsals',
                'ordering': ['-id'],
            },
        ),
        migrations.AlterModelOptions(
            name='flow',
            options={'ordering': ['name', 'id'], 'verbose_name': 'flow', 'verbose_name_plural': 'flows'},
        ),
        migrations.AddField(
            model_name='flow',
            name='created_at',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='made'),
        ),
        migrations.AddField(
            model_name='flow',
            name='draft',
            field=models.JSONField(blank=True, default=dict, editable=False, verbose_name='working copy'),
        ),
        migrations.AddField(
            model_name='flow',
            name='edition',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='flow',
            name='holdout',
            field=models.PositiveSmallIntegerField(default=20, help_text='So many get nothing, always the same people: only so can be told what the flow earns.', validators=[django.core.validators.MaxValueValidator(50)], verbose_name='held back, in percent'),
        ),
        migrations.AddField(
            model_name='flow',
            name='looked_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='flow',
            name='paused_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='flow',
            name='priority',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='priority'),
        ),
        migrations.AddField(
            model_name='flow',
            name='recipe',
            field=models.CharField(blank=True, editable=False, max_length=30, verbose_name='made from'),
        ),
        migrations.AddField(
            model_name='message',
            name='step',
            field=models.CharField(blank=True, max_length=12, verbose_name='step'),
        ),
        migrations.AlterField(
            model_name='flow',
            name='status',
            field=models.CharField(choices=[('draft', 'draft'), ('live', 'live'), ('paused', 'paused'), ('retired', 'retired')], default='draft', max_length=8, verbose_name='status'),
        ),
        migrations.AddConstraint(
            model_name='flow',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'live', 'paused', 'retired'])), name='flow_status_is_known'),
        ),
        migrations.AddConstraint(
            model_name='flow',
            constraint=models.CheckConstraint(condition=models.Q(('holdout__lte', 50)), name='flow_writes_to_half_at_least'),
        ),
        migrations.AddField(
            model_name='enrolment',
            name='cart',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='orders.cart', verbose_name='cart'),
        ),
        migrations.AddField(
            model_name='enrolment',
            name='flow',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='enrolments', to='marketing.flow', verbose_name='flow'),
        ),
        migrations.AddField(
            model_name='enrolment',
            name='order',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='orders.order', verbose_name='order'),
        ),
        migrations.AddField(
            model_name='enrolment',
            name='product',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='catalog.product', verbose_name='product'),
        ),
        migrations.AddField(
            model_name='enrolment',
            name='profile',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='enrolments', to='marketing.profile', verbose_name='person'),
        ),
        migrations.AddField(
            model_name='message',
            name='enrolment',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='messages', to='marketing.enrolment', verbose_name='way through the flow'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(('enrolment__isnull', False)), fields=('enrolment', 'step'), name='one_message_per_step_of_an_enrolment'),
        ),
        migrations.AddField(
            model_name='flowversion',
            name='author',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='published by'),
        ),
        migrations.AddField(
            model_name='flowversion',
            name='flow',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='marketing.flow', verbose_name='flow'),
        ),
        migrations.AddField(
            model_name='flowversion',
            name='templates',
            field=models.ManyToManyField(related_name='flow_versions', to='marketing.template', verbose_name='templates'),
        ),
        migrations.AddField(
            model_name='enrolment',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='marketing.flowversion', verbose_name='version of the flow'),
        ),
        migrations.AddField(
            model_name='rehearsal',
            name='author',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by'),
        ),
        migrations.AddField(
            model_name='rehearsal',
            name='flow',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rehearsals', to='marketing.flow', verbose_name='flow'),
        ),
        migrations.AddConstraint(
            model_name='flowversion',
            constraint=models.UniqueConstraint(fields=('flow', 'number'), name='flow_version_is_unique'),
        ),
        migrations.AddIndex(
            model_name='enrolment',
            index=models.Index(condition=models.Q(('status', 'waiting')), fields=['due_at'], name='enrolment_due'),
        ),
        migrations.AddIndex(
            model_name='enrolment',
            index=models.Index(fields=['flow', 'profile', 'entered_at'], name='enrolment_of_person'),
        ),
        migrations.AddIndex(
            model_name='enrolment',
            index=models.Index(fields=['flow', 'status', 'step'], name='enrolment_by_step'),
        ),
        migrations.AddConstraint(
            model_name='enrolment',
            constraint=models.UniqueConstraint(fields=('flow', 'key'), name='one_enrolment_per_occasion'),
        ),
        migrations.AddConstraint(
            model_name='enrolment',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['waiting', 'completed', 'exited', 'held_out', 'turned_away'])), name='enrolment_status_is_known'),
        ),
        migrations.AddConstraint(
            model_name='enrolment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_at__isnull', False), ('status', 'waiting')), models.Q(models.Q(('status', 'waiting'), _negated=True), ('due_at', None)), _connector='OR'), name='who_waits_knows_until_when'),
        ),
        migrations.AddConstraint(
            model_name='enrolment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['exited', 'turned_away']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='enrolment_ends_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='enrolment',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['waiting', 'held_out']), ('ended_at__isnull', False), _connector='OR'), name='ended_enrolment_has_a_time'),
        ),
        migrations.AddConstraint(
            model_name='rehearsal',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['running', 'done', 'failed'])), name='rehearsal_status_is_known'),
        ),
    ]
