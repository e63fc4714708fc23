import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


SAYS = "a published template is never changed"
FUNCTION = f"""
CREATE FUNCTION marketing_version_never_changes() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'integrity_constraint_violation';
END
$$ LANGUAGE plpgsql
"""


def seal(apps, schema_editor):
    """The database itself refuses to change what was sent. Who remakes the table seals it again."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION)
        act = "FOR EACH ROW EXECUTE FUNCTION marketing_version_never_changes()"
    else:
        act = f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
    schema_editor.execute(
        "CREATE TRIGGER marketing_templateversion_never_changes "
        f"BEFORE UPDATE OF content, number, template_id ON marketing_templateversion {act}"
    )


def unseal(apps, schema_editor):
    is_postgres = schema_editor.connection.vendor == "postgresql"
    on = " ON marketing_templateversion" if is_postgres else ""
    schema_editor.execute(f"DROP TRIGGER marketing_templateversion_never_changes{on}")
    if is_postgres:
        schema_editor.execute("DROP FUNCTION marketing_version_never_changes()")


class Migration(migrations.Migration):

    dependencies = [
        ('marketing', '0008_merges_measures_and_history'),
        ('orders', '0019_wish_of_an_order_line'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Template',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note for colleagues')),
                ('draft', models.JSONField(blank=True, default=dict, editable=False, verbose_name='working copy')),
                ('before', models.JSONField(blank=True, editable=False, null=True)),
                ('edition', models.PositiveIntegerField(default=0, editable=False)),
                ('is_archived', models.BooleanField(default=False, help_text='No longer offered; nothing is lost.', verbose_name='put away')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='made')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
            ],
            options={
                'verbose_name': 'template',
                'verbose_name_plural': 'templates',
                'ordering': ['is_archived', '-updated_at', '-id'],
            },
        ),
        migrations.AddField(
            model_name='flow',
            name='template',
            field=models.ForeignKey(blank=True, help_text='Its newest published version is sent, in place of the words below.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='flows', to='marketing.template', verbose_name='template'),
        ),
        migrations.CreateModel(
            name='TemplateVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='version')),
                ('content', models.JSONField(verbose_name='content')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='published')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='published by')),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='marketing.template', verbose_name='template')),
            ],
            options={
                'verbose_name': 'version of a template',
                'verbose_name_plural': 'versions of a template',
                'ordering': ['-number'],
            },
        ),
        migrations.AddField(
            model_name='message',
            name='version',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='marketing.templateversion', verbose_name='template'),
        ),
        migrations.CreateModel(
            name='Coupon',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='coupon', to='orders.promotioncode', verbose_name='code')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='coupons', to='marketing.message', verbose_name='message')),
                ('promotion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='orders.promotion', verbose_name='promotion')),
            ],
            options={
                'verbose_name': 'coupon',
                'verbose_name_plural': 'coupons',
                'constraints': [models.UniqueConstraint(fields=('message', 'promotion'), name='one_coupon_per_message')],
            },
        ),
        migrations.AddConstraint(
            model_name='templateversion',
            constraint=models.UniqueConstraint(fields=('template', 'number'), name='template_version_is_unique'),
        ),
        migrations.RunPython(seal, unseal),
    ]
