"""Messages leave by every channel, to people; limits of how many."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce


def fill(apps, schema_editor):
    """Until now all were reminders of carts by e-mail, and what was taken up was on its way at once."""
    Message, Profile = apps.get_model("marketing", "Message"), apps.get_model("marketing", "Profile")
    person = Profile.objects.filter(email=OuterRef("address")).order_by().values(
        to=Coalesce("merged_into", "id")
    )[:1]
    Message.objects.update(priority=20, profile=Subquery(person))
    Message.objects.filter(status="claimed").update(status="sending")
    left = Message.objects.filter(status__in=["sending", "handed_over", "in_doubt"], claimed_at=None)
    left.update(claimed_at=Coalesce(F("handed_over_at"), F("created_at")))
    if schema_editor.connection.vendor == "postgresql":
        # Keys of written rows are checked at the end, and a table that waits for that gets no index.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def set_limits(apps, schema_editor):
    Policy = apps.get_model("marketing", "PressurePolicy")
    night = {"quiet_from": "21:00", "quiet_until": "08:00"}
    Policy.objects.bulk_create([
        Policy(channel="all", most=2, hours=24, most_in_week=6),
        Policy(channel="email", most=1, hours=24, most_in_week=4),
        Policy(channel="sms", most=1, hours=72, most_in_week=2, **night),
        Policy(channel="push", most=1, hours=24, most_in_week=4, **night),
    ])


class Migration(migrations.Migration):

    dependencies = [
        ('marketing', '0012_voices_by_day'),
        ('orders', '0027_front_page'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PressurePolicy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('all', 'all channels together'), ('email', 'e-mail'), ('sms', 'text message'), ('push', 'push notification')], max_length=8, unique=True, verbose_name='channel')),
                ('most', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(50)], verbose_name='messages at most')),
                ('hours', models.PositiveSmallIntegerField(default=24, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(168)], verbose_name='within so many hours')),
                ('most_in_week', models.PositiveSmallIntegerField(default=4, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(200)], verbose_name='messages at most within seven days')),
                ('quiet_from', models.TimeField(blank=True, help_text='By the clock of the person; what falls into these hours waits for their end.', null=True, verbose_name='quiet from')),
                ('quiet_until', models.TimeField(blank=True, null=True, verbose_name='quiet until')),
            ],
            options={
                'verbose_name': 'limit of messages',
                'verbose_name_plural': 'limits of messages',
                'ordering': ['pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='message',
            name='message_status_is_known',
        ),
        migrations.AddField(
            model_name='message',
            name='channel',
            field=models.CharField(choices=[('email', 'e-mail'), ('sms', 'text message'), ('push', 'push notification'), ('web', 'on the website'), ('webhook', 'another system')], default='email', max_length=8, verbose_name='channel'),
        ),
        migrations.AddField(
            model_name='message',
            name='priority',
            field=models.PositiveSmallIntegerField(choices=[(10, 'a checkout left behind'), (20, 'a cart left behind'), (30, 'back in stock'), (40, 'cheaper now'), (50, 'after an order'), (60, 'after a look around'), (70, 'broadcast')], default=70, verbose_name='priority'),
        ),
        migrations.AddField(
            model_name='message',
            name='profile',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='messages', to='marketing.profile', verbose_name='person'),
        ),
        migrations.AddField(
            model_name='message',
            name='provider_id',
            field=models.CharField(blank=True, db_index=True, max_length=120, verbose_name='number at the provider'),
        ),
        migrations.AlterField(
            model_name='message',
            name='address',
            field=models.CharField(max_length=254, verbose_name='to'),
        ),
        migrations.AlterField(
            model_name='message',
            name='flow',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='marketing.flow', verbose_name='flow'),
        ),
        migrations.AlterField(
            model_name='message',
            name='status',
            field=models.CharField(choices=[('planned', 'planned'), ('claimed', 'taken up'), ('sending', 'being sent'), ('handed_over', 'sent'), ('skipped', 'not sent'), ('failed', 'failed'), ('in_doubt', 'in doubt')], default='planned', max_length=12, verbose_name='status'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['profile', 'claimed_at'], name='message_of_person'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['planned', 'claimed', 'sending', 'handed_over', 'skipped', 'failed', 'in_doubt'])), name='message_status_is_known'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['email', 'sms', 'push', 'web', 'webhook'])), name='message_channel_is_known'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['claimed', 'sending', 'handed_over', 'in_doubt']), _negated=True), ('claimed_at__isnull', False), _connector='OR'), name='message_was_taken_up_before_it_left'),
        ),
        migrations.AddConstraint(
            model_name='pressurepolicy',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['all', 'email', 'sms', 'push'])), name='pressure_channel_is_known'),
        ),
        migrations.AddConstraint(
            model_name='pressurepolicy',
            constraint=models.CheckConstraint(condition=models.Q(('hours__range', (1, 168)), ('most__gte', 1), ('most_in_week__gte', 1)), name='pressure_leaves_room'),
        ),
        migrations.AddConstraint(
            model_name='pressurepolicy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('quiet_from', None), ('quiet_until', None)), models.Q(('quiet_from__isnull', False), ('quiet_until__isnull', False)), _connector='OR'), name='quiet_hours_begin_and_end'),
        ),
        migrations.RunPython(set_limits, migrations.RunPython.noop),
    ]
